package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.security.identity.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which folders of the machine those may name who do not administer its node.
class OpenFoldersTest {
  private static final String RUNS = "/api/v1/runs";

  @TempDir private static Path folder;
  private static Path open;
  private static Path closed;
  private static TestServer server;
  private static Client operator;
  private static Client confined;

  @BeforeAll
  static void start() throws Exception {
    open = Files.createDirectory(folder.toRealPath().resolve("open"));
    closed = Files.createDirectory(folder.toRealPath().resolve("closed"));
    Files.writeString(closed.resolve("key"), "a key of somebody\n");
    Files.createSymbolicLink(open.resolve("way-out"), closed);
    server = new TestServer(open);
    server.journal.run(server.journal.created(Journal.planned("WORKER_001", 1)));
    operator = server.as("olga", null, Role.OPERATOR);
    confined = server.as("otto", null, Role.OPERATOR);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Client.Reply run(Client client, String field, Path named) {
    return client.post(RUNS, "{\"folder\":\"/w\",\"%s\":\"%s\"}".formatted(field, named));
  }

  @Test
  void whoOnlyOperatesNamesNothingElseOfTheMachine() throws IOException {
    for (var field : List.of("target", "results", "replay", "waves")) {
      for (var named :
          List.of(
              closed,
              closed.resolve("key"),
              closed.resolve("missing"),
              open.resolve("way-out/key"),
              open.resolve("../closed/key"),
              folder.toRealPath().resolve("open-not"),
              Path.of("/"))) {
        var refused = run(confined, field, named);
        assertThat(refused.code()).as(field + " " + named).isEqualTo("folder-not-open");
        assertThat(refused.whole().body()).doesNotContain("a key of somebody");
      }
    }
    assertThat(server.creator.created).noneMatch(it -> it.by().equals("otto"));
  }

  @Test
  void whatIsOpenAndWhatAnAdministratorNamesIsTaken() {
    for (var field : List.of("target", "results")) {
      assertThat(run(operator, field, open).status()).isEqualTo(202);
      assertThat(run(operator, field, open.resolve("new/er")).status()).isEqualTo(202);
      assertThat(run(server.client, field, closed).status()).isEqualTo(202);
      var admin = server.as("ada", null, Role.ADMIN);
      assertThat(run(admin, field, closed).status()).isEqualTo(202);
    }
    assertThat(operator.post(RUNS, "{\"folder\":\"/w\",\"waves\":\"pilot\"}").status())
        .isEqualTo(202);
  }

  @Test
  void neitherAreResultsWrittenNorWavePlansQuotedFromElsewhere() {
    var results =
        operator.post(RUNS + "/" + Journal.RUN + "/results", "{\"to\":\"%s\"}".formatted(closed));
    assertThat(results.code()).isEqualTo("folder-not-open");
    var plan = "{\"folder\":\"/w\",\"waves\":\"%s\"}".formatted(closed.resolve("key"));
    assertThat(operator.post("/api/v1/folders/preview", plan).code()).isEqualTo("folder-not-open");
  }
}
