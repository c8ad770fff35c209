package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.call;
import static dev.muster.e2e.ScriptedModel.calls;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents of one run that ask, tell and leave something to one another, over the real node.
@NeedsSandbox
class SharingAgentsTest {
  @TempDir Path folder;
  private Muster muster;
  private Path workforce;

  @BeforeEach
  void begin() throws IOException {
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("MUSTER_ATTEMPTS_MAX", "1");
    workforce = Files.createDirectories(folder.resolve("workforce"));
    worker("001", "Ask The Port");
  }

  private void worker(String number, String title) throws IOException {
    worker(number, title, 1);
  }

  private void worker(String number, String title, int wave) throws IOException {
    Files.writeString(
        workforce.resolve("WORKER_%s_%s.md".formatted(number, title.replace(' ', '_'))),
        """
        # Worker %s: %s

        **Priority:** %d

        ## 1. DELIVERABLES

        - [ ] `w%s/port.txt`: the port

        ## 6. TEST_PROCESS

        ```bash
        grep -qx 8080 w%s/port.txt
        ```

        ## 8. TASK_CLASSIFICATION

        - **Type:** MECHANICAL
        """
            .formatted(number, title, wave, number, number));
  }

  /// Once there is a model to ask.
  private Begun up(ScriptedModel model) throws IOException {
    model.setUp(folder.resolve("config"));
    return muster.up();
  }

  private Muster.Ended run(String... more) {
    var words = new ArrayList<>(List.of("run", workforce.toString()));
    words.addAll(List.of("--no-input", "--target", muster.target().toString()));
    words.addAll(List.of(more));
    return muster.ask(words.toArray(String[]::new));
  }

  @Test
  void oneAsksAnotherAnswersAndOperatorsSeeWhatWasSharedAndSaid() throws Exception {
    worker("002", "Know The Port");
    try (var model = new ScriptedModel()) {
      model
          .worker(
              "WORKER_001",
              call("room_ask", Map.of("question", "Which port?", "to", "WORKER_002")),
              calls(
                  call("state_put", Map.of("key", "api/port", "value", "8080", "version", 0)),
                  call("remember", Map.of("key", "port", "value", "WORKER_002 knew it")),
                  write("w001/port.txt", "8080\n")),
              finish("The port is known."))
          .worker("WORKER_002", SharingAgentsTest::waitToBeAsked);
      try (var _ = up(model)) {
        var ended = run();
        assertThat(ended.exit()).as(ended.toString()).isZero();
        everybodySeesWhatWasSharedAndSaid();
      }
      assertThat(model.received())
          .anySatisfy(it -> assertThat(it.body()).contains("WORKER_002 answers", "> 8080"));
    }
  }

  private void everybodySeesWhatWasSharedAndSaid() {
    assertThat(muster.ask("runs", "room", "last", "--wave", "1").out())
        .contains("WORKER_002  Know The Port", "WORKER_001 asks WORKER_002", "Which port?")
        .contains("WORKER_002 answers #1");
    assertThat(muster.ask("runs", "state", "last").out()).contains("api/port", "8080");
    assertThat(muster.ask("workers", "notes", "last/WORKER_001").out())
        .contains("WORKER_002 knew it");
    assertThat(muster.ask("runs", "events", "last", "-o", "name").out())
        .contains("commons.Said", "commons.ValuePut", "commons.Noted", "commons.RoomOpened");
  }

  private static Turn waitToBeAsked(int turn, String asked) {
    if (asked.contains("message 2 is in the room")) return finish("It was asked, and answered.");
    return asked.contains("WORKER_001 asks you")
        ? calls(
            write("w002/port.txt", "8080\n"),
            call("room_post", Map.of("text", "8080", "answers", 1)))
        : shell("sleep 0.3; echo " + turn);
  }

  @Test
  void whatWentWrongInEarlierWavesAndInTheLastRunIsToldButNotToATape() throws Exception {
    worker("002", "Know The Port", 2);
    try (var model = new ScriptedModel()) {
      model.worker("WORKER_002", write("w002/port.txt", "8080\n"), finish("Done."));
      try (var _ = up(model)) {
        tellsWhatWentWrong(model);
      }
    }
  }

  private void tellsWhatWentWrong(ScriptedModel model) throws IOException {
    assertThat(run().exit()).isEqualTo(1);
    assertThat(model.received().getFirst().body()).doesNotContain("Lessons of others");
    assertThat(model.received().getLast().body())
        .contains("Lessons of others", "WORKER_001, in an earlier wave: It failed");

    model
        .worker(
            "WORKER_001",
            call("sessions_create", Map.of("instructions", "You are WORKER_777. Doubt.")),
            call("sessions_message", Map.of("session", "s1", "text", "Is 8080 free?")),
            write("w001/port.txt", "8080\n"),
            finish("Done."))
        .worker("WORKER_777", Turn.say("Nobody knows."));
    var mended = run();

    assertThat(mended.exit()).as(mended.toString()).isZero();
    assertThat(model.received())
        .anySatisfy(it ->
            assertThat(it.body())
                .contains("Lessons of others", "WORKER_001 in the last run: It failed"));
    assertThat(model.received().getLast().body()).doesNotContain("Lessons of others");
    assertThat(model.received())
        .anySatisfy(it -> assertThat(it.body()).contains("> Nobody knows."));
    assertThat(muster.ask("workers", "show", "last/WORKER_001", "--conversation").out())
        .contains("a session of its own", "opened s1", "beside it, loopback/scripted")
        .contains("s1 is told:", "Is 8080 free?", "Nobody knows.");
    var tape = folder.resolve("tape.jsonl");
    Files.writeString(tape, muster.ask("runs", "cassette", "last").out());
    var before = model.received().size();

    var replayed = run("--replay", tape.toString());

    assertThat(replayed.exit()).as(replayed.toString()).isZero();
    assertThat(model.received()).hasSize(before);
  }
}
