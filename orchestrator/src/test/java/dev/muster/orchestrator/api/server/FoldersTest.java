package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.run.RunEvent.ResultsWritten;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
