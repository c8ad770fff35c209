package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPlan.Planned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The texts that an instruction has had.
class VersionsTest {
  private static final String VERSIONS = "/api/v1/instructions/hello/WORKER_001/versions";
  private static final String FIRST = "d".repeat(64);
  private static final String SECOND = "d" + "e".repeat(63);
  private static final String FILE = "WORKER_001_Greet.md";

  @TempDir private Path data;
  @TempDir private Path own;
  private Path folder;
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(data);
    folder = Files.createDirectory(own.resolve("hello"));
    Files.writeString(folder.resolve(FILE), "# Worker 001: Greet\nas it lay there\n");
    Files.setLastModifiedTime(folder.resolve(FILE), FileTime.from(Journal.T0.minusSeconds(60)));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private List<JsonNode> versions() {
    var items = server.client.get(VERSIONS).json().path("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  private void save(String before, String text) {
    var saved =
        server.client.post(
            "/api/v1/folders/instruction/save",
            "{\"folder\":\"%s\",\"file\":\"%s\",\"text\":\"%s\",\"digest\":\"%s\"}"
                .formatted(folder, FILE, text.replace("\n", "\\n"), Sha256.of(before)));
    assertThat(saved.status()).as(saved.whole().body()).isEqualTo(200);
  }

  private static Planned withText(String digest) {
    var it = planned("WORKER_001", 1);
    return new Planned(it.id(), it.title(), it.wave(), digest, it.dependencies(), it.estimate());
  }

  @Test
  void whatRunsTookIsThereAlsoWhenARetryHasTakenAnother() {
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
    server.journal.run(
        new WorkersReopened(
            List.of("WORKER_001"), "me", server.journal.later(9), List.of(withText(SECOND))));

    assertThat(versions())
        .extracting(it -> it.path("digest").asText())
        .containsExactlyInAnyOrder(FIRST, SECOND);
    var first = versions().getFirst();
    assertThat(first.path("runs").asInt()).isEqualTo(1);
    assertThat(first.path("completed").asInt()).isZero();
    assertThat(first.path("lastRun").asText()).isEqualTo("run_0001");
    assertThat(first.path("savedBy").isNull()).isTrue();
    assertThat(server.client.get(VERSIONS + "/" + FIRST).whole().body())
        .isEqualTo("# Worker 001\n");
  }

  @Test
  void savingKeepsWhatItTakesThePlaceOf() throws Exception {
    var found = Files.readString(folder.resolve(FILE));
    save(found, "# Worker 001: Greet\nbetter\n");
    save("# Worker 001: Greet\nbetter\n", "# Worker 001: Greet\nbest\n");

    assertThat(versions())
        .extracting(it -> it.path("savedBy").asText(null))
        .containsExactly("operator", "operator", null);
    var oldest = versions().getLast();
    assertThat(oldest.path("digest").asText()).isEqualTo(Sha256.of(found));
    assertThat(oldest.path("folder").asText()).isEqualTo(folder.toString());
    var kept = VERSIONS + "/" + oldest.path("digest").asText();
    assertThat(server.client.get(kept).whole().body()).isEqualTo(found);

    save("# Worker 001: Greet\nbest\n", found);
    assertThat(folder.resolve(FILE)).as("brought back").hasContent(found);
    assertThat(versions()).as("the same text is the same version").hasSize(3);
    assertThat(versions().getFirst().path("digest").asText()).isEqualTo(Sha256.of(found));
  }

  @Test
  void whoOnlyLooksSeesWhatRunsTookAndNoFolder() throws Exception {
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
    var found = Files.readString(folder.resolve(FILE));
    save(found, "# Worker 001: Greet\nbetter\n");
    assertThat(versions()).hasSize(3);

    var lookers =
        List.of(
            server.as("vera", null, Role.VIEWER),
            server.as("paul", null, Role.APPROVER),
            server.as("ola", "hello", Role.OPERATOR));
    for (var looker : lookers) {
      var items = looker.get(VERSIONS).json().path("items");
      assertThat(items).hasSize(1);
      assertThat(items.path(0).path("digest").asText()).isEqualTo(FIRST);
      assertThat(items.path(0).path("folder").isNull()).isTrue();
      var lay = VERSIONS + "/" + Sha256.of(found);
      assertThat(looker.get(lay).code()).isEqualTo("unknown-version");
      var diff = "{\"to\":\"" + Sha256.of(found) + "\"}";
      assertThat(looker.post(VERSIONS + "/" + FIRST + "/diff", diff).code())
          .isEqualTo("unknown-version");
      assertThat(looker.get(VERSIONS + "/" + FIRST).status()).isEqualTo(200);
    }
  }

  @Test
  void twoOfThemAndOneAndAnyTextAreCompared() throws Exception {
    var found = Files.readString(folder.resolve(FILE));
    save(found, "# Worker 001: Greet\nbetter\n");
    var diff = VERSIONS + "/" + Sha256.of(found) + "/diff";

    var two =
        server.client.post(
            diff, "{\"to\":\"%s\"}".formatted(Sha256.of("# Worker 001: Greet\nbetter\n")));
    assertThat(two.json().path("diff").asText())
        .isEqualTo("@@ -1,2 +1,2 @@\n # Worker 001: Greet\n-as it lay there\n+better\n");
    var any = server.client.post(diff, "{\"text\":\"# Worker 001: Greet\\n\"}").json();
    assertThat(any.path("removed").asInt()).isEqualTo(1);
    assertThat(any.path("to").asText()).isEqualTo(Sha256.of("# Worker 001: Greet\n"));

    assertThat(server.client.post(diff, "{}").status()).isEqualTo(400);
    assertThat(server.client.post(diff, "{\"to\":\"" + "0".repeat(64) + "\"}").code())
        .isEqualTo("unknown-version");
  }

  @Test
  void aTextIsShownAsAVersionOfItsOwnInstructionOnly() {
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));

    var elsewhere = VERSIONS.replace("WORKER_001", "WORKER_002");
    assertThat(server.client.get(elsewhere).json().path("items")).isEmpty();
    assertThat(server.client.get(elsewhere + "/" + FIRST).code()).isEqualTo("unknown-version");
  }

  @Test
  void whoIsForAnotherWorkforceSeesNone() {
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
    var inside = server.as("inside", "hello", Role.VIEWER);
    var outside = server.as("outside", "another", Role.ADMIN);

    assertThat(inside.get(VERSIONS).json().path("items")).hasSize(1);
    assertThat(inside.get(VERSIONS + "/" + FIRST).status()).isEqualTo(200);
    assertThat(outside.get(VERSIONS).code()).isEqualTo("other-workforces");
    assertThat(outside.get(VERSIONS + "/" + FIRST).code()).isEqualTo("other-workforces");
  }
}
