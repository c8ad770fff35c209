package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunEvent.ResultsWritten;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Instructions that are sent, looked at and taken, and results that are fetched.
class FoldersTest {
  private static final String FOLDERS = "/api/v1/folders";

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static String upload(String path, String text) {
    return "{\"name\":\"mine\",\"paths\":[\"%s\"],\"texts\":[\"%s\"]}".formatted(path, text);
  }

  @Test
  void whatIsSentIsLintedAsEveryFolderIs() {
    var sent = server.client.post(FOLDERS, upload("WORKER_001_A.md", "# Worker 001: A"));
    assertThat(sent.status()).as(sent.whole().body()).isEqualTo(200);
    var it = sent.json();
    assertThat(it.path("workforce").asText()).isEqualTo("mine");
    assertThat(it.path("refusal").asText()).contains("mine");
    assertThat(it.path("instructions").path(0).path("errors").asInt()).isPositive();
    var folder = it.path("folder").asText();
    assertThat(Path.of(folder)).startsWith(data.resolve("uploads"));
    assertThat(server.client.post(FOLDERS, upload("WORKER_001_A.md", "# Worker 001: A")).json())
        .as("the same again is the same folder")
        .isEqualTo(it);
    var look = "{\"folder\":\"%s\",\"file\":\"WORKER_001_A.md\"}".formatted(folder);
    var text = server.client.post(FOLDERS + "/instruction", look).json();
    assertThat(text.path("text").asText()).isEqualTo("# Worker 001: A");
    assertThat(text.path("findings")).isNotEmpty();
    assertThat(
            server
                .client
                .post(FOLDERS + "/instruction", look.replace("WORKER_001_A.md", "../../token"))
                .code())
        .isEqualTo("unknown-file");
  }

  private static String change(String folder, String text, String digest) {
    return "{\"folder\":\"%s\",\"file\":\"WORKER_002_B.md\",\"text\":\"%s\",\"digest\":\"%s\"}"
        .formatted(folder, text, digest);
  }

  private static String look(String folder) {
    return "{\"folder\":\"%s\",\"file\":\"WORKER_002_B.md\"}".formatted(folder);
  }

  @Test
  void aTextIsJudgedBeforeItIsSavedAndSavedOnceForWhatWasRead() throws Exception {
    var sent = upload("WORKER_002_B.md", "# Worker 002: B");
    var folder = server.client.post(FOLDERS, sent).json().path("folder").asText();
    var ops = server.as("olga", null, Role.OPERATOR);
    var read = ops.post(FOLDERS + "/instruction", look(folder)).json();
    assertThat(read.path("locked").isNull()).as(read.toString()).isTrue();
    var digest = read.path("digest").asText();

    var better = "# Worker 002: B\\n\\n## 4. DEPENDENCIES\\n- WORKER_077\\n";
    var judged =
        ops.post(
            FOLDERS + "/instruction/check",
            look(folder).replace("}", ",\"text\":\"" + better + "\"}"));
    assertThat(judged.json().path("findings").toString())
        .as("what shows only among the others of its folder")
        .contains("unknown-dependency");
    var file = Path.of(folder, "WORKER_002_B.md");
    assertThat(file).as("nothing is stored by judging").hasContent("# Worker 002: B");

    var saved = ops.post(FOLDERS + "/instruction/save", change(folder, better, digest));
    assertThat(saved.status()).as(saved.whole().body()).isEqualTo(200);
    assertThat(file).content().contains("WORKER_077");
    var late = ops.post(FOLDERS + "/instruction/save", change(folder, "# mine", digest));
    assertThat(late.code()).isEqualTo("changed-meanwhile");
    assertThat(file).content().contains("WORKER_077");

    var again = server.client.post(FOLDERS, sent).json().path("folder").asText();
    assertThat(again).as("what was sent is not what was edited").isNotEqualTo(folder);
    assertThat(Path.of(again, "WORKER_002_B.md")).hasContent("# Worker 002: B");
  }

  @Test
  void onlyItsOwnerEditsAFolderOfTheMachineAndNobodyTheDataFolder(@TempDir Path own)
      throws Exception {
    var file = Files.writeString(own.resolve("WORKER_002_B.md"), "# Worker 002: B");
    var digest = Sha256.of("# Worker 002: B");
    var save = FOLDERS + "/instruction/save";
    var ops = server.as("otto", null, Role.OPERATOR);
    assertThat(ops.post(save, change(own.toString(), "# other", digest)).code())
        .isEqualTo("not-editable");
    assertThat(file).hasContent("# Worker 002: B");
    assertThat(server.client.post(save, change(own.toString(), "# other", digest)).status())
        .isEqualTo(200);
    assertThat(file).hasContent("# other");

    var work = Files.createDirectories(data.resolve("workspaces/run/worker"));
    Files.writeString(work.resolve("WORKER_002_B.md"), "# Worker 002: B");
    assertThat(server.client.post(save, change(work.toString(), "# other", digest)).code())
        .as("what a worker writes is no instruction")
        .isEqualTo("not-editable");
    var linked = Files.createDirectories(own.resolve("linked"));
    Files.createSymbolicLink(linked.resolve("WORKER_002_B.md"), work.resolve("WORKER_002_B.md"));
    assertThat(server.client.post(save, change(linked.toString(), "# other", digest)).code())
        .isEqualTo("not-editable");
    assertThat(work.resolve("WORKER_002_B.md")).hasContent("# Worker 002: B");
  }

  @Test
  void nothingOfAFileThatALinkLeadsToIsShown(@TempDir Path own) throws Exception {
    var secret = Files.writeString(own.resolve("secret"), "what only this node may read");
    var folder = Files.createDirectories(own.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("WORKER_002_B.md"), secret);
    var read = server.client.post(FOLDERS + "/instruction", look(folder.toString()));
    assertThat(read.status()).as(read.whole().body()).isEqualTo(200);
    assertThat(read.whole().body())
        .doesNotContain("only this node")
        .doesNotContain(Sha256.of(Files.readAllBytes(secret)));
    assertThat(read.json().path("locked").asText()).contains("is a link");

    var inner = Files.createDirectories(own.resolve("elsewhere/inner"));
    Files.writeString(inner.resolve("WORKER_002_B.md"), "what only this node may read");
    Files.createSymbolicLink(folder.resolve("inner"), inner);
    var below =
        server.client.post(
            FOLDERS + "/instruction",
            look(folder.toString()).replace("WORKER_002", "inner/WORKER_002"));
    assertThat(below.whole().body()).doesNotContain("only this node").contains("is a link");
  }

  @Test
  void theSameSentTwiceAtOnceIsKeptOnce() throws Exception {
    for (var round = 0; round < 10; round++) {
      var text = upload("WORKER_009_A.md", "# Worker 009: " + round);
      var answers =
          IntStream.range(0, 4)
              .mapToObj(_ -> CompletableFuture.supplyAsync(() -> server.client.post(FOLDERS, text)))
              .toList();
      assertThat(answers)
          .extracting(it -> it.join().json().path("folder").asText())
          .doesNotContain("")
          .containsOnly(answers.getFirst().join().json().path("folder").asText());
    }
    try (var left = Files.list(data.resolve("uploads"))) {
      assertThat(left).noneMatch(it -> it.getFileName().toString().startsWith(".new"));
    }
  }

  @Test
  void whatCannotBeKeptLeavesNothing() throws Exception {
    // A file where a folder has to be.
    var mixed =
        "{\"name\":\"mixed\",\"paths\":[\"WORKER_001_A.md\",\"WORKER_001_A.md/WORKER_002_B.md\"],\"texts\":[\"x\",\"y\"]}";
    assertThat(server.client.post(FOLDERS, mixed).status()).isGreaterThanOrEqualTo(400);
    try (var left = Files.list(data.resolve("uploads"))) {
      assertThat(left).noneMatch(it -> it.getFileName().toString().startsWith(".new"));
    }
  }

  @Test
  void nothingElseIsKeptAndNothingElsewhere() {
    for (var path :
        new String[] {
          "../WORKER_001_A.md",
          "/tmp/WORKER_001_A.md",
          "a/../WORKER_001_A.md",
          ".git/WORKER_001_A.md",
          "muster.conf",
          "WORKER_001_A.md/x.sh"
        }) {
      assertThat(server.client.post(FOLDERS, upload(path, "x")).code())
          .as(path)
          .isEqualTo("invalid-upload");
    }
    var name = upload("WORKER_001_A.md", "x").replace("\"mine\"", "\"..\"");
    assertThat(server.client.post(FOLDERS, name).code()).isEqualTo("invalid-upload");
  }

  @Test
  void twoTextsForOneFileAreRefused() {
    var twice =
        "{\"name\":\"mine\",\"paths\":[\"WORKER_001_A.md\",\"WORKER_001_A.md\"],\"texts\":[\"x\",\"y\"]}";
    var answer = server.client.post(FOLDERS, twice);
    assertThat(answer.code()).isEqualTo("invalid-request");
    assertThat(answer.json().path("detail").asText()).contains("WORKER_001_A.md again");
  }

  @Test
  void whoMayStartNothingLooksAtNoFolder() {
    var viewer = server.as("vera", null, Role.VIEWER);
    assertThat(viewer.post(FOLDERS + "/preview", "{\"folder\":\"/\"}").code())
        .isEqualTo("not-permitted");
    assertThat(server.client.post(FOLDERS + "/preview", "{\"folder\":\"/none\"}").code())
        .isEqualTo("no-such-folder");
  }

  @Test
  void resultsAreFetchedAsOneFile() throws Exception {
    var path = "/api/v1/runs/" + RUN + "/archive";
    assertThat(server.client.get(path).code()).isEqualTo("no-results");
    var written = server.client.post("/api/v1/runs/" + RUN + "/results", "{}").json();
    server.journal.run(
        new ResultsWritten(written.path("folder").asText(), 0, List.of(), server.journal.now()));
    var request = server.client.request(path, server.client.authorized()).GET().build();
    try (var http = HttpClient.newHttpClient();
        var zip = new ZipInputStream(http.send(request, BodyHandlers.ofInputStream()).body())) {
      var names = new ArrayList<String>();
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
      assertThat(names).contains(RUN + "/execution_summary.json");
    }
  }
}
