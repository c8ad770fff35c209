package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.call;
import static dev.muster.e2e.ScriptedModel.calls;
import static dev.muster.e2e.ScriptedModel.finish;
import static dev.muster.e2e.ScriptedModel.shell;
import static dev.muster.e2e.ScriptedModel.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;

/// Conversations of 18 steps with a word to the room, a command, an operation at the gate and a
/// repair, whose turns are counted by the model's server and whose effects by the files that they
/// leave.
public final class CountedAgent implements AutoCloseable {
  /// How many turns there are when nothing is unknown.
  public static final int TURNS = 4;

  /// In the target: while it is there, the operation has begun and does not do its work.
  public static final String NOT_YET = "not-yet";

  /// In the target: while it is there, the operation has done its work and does not end.
  public static final String NOT_OVER = "not-over";

  /// In the target: the operation has begun.
  public static final String BEGAN = "site/began";

  /// In the target: a line for each time that the operation did its work.
  public static final String LOG = "site/log";

  /// Long enough that a process can be killed within it.
  private static final Duration THINKS = Duration.ofMillis(200);

  private static final String EFFECT = "echo x >> effects.txt\n";
  private static final String COUNT = EFFECT + "sleep 0.3\necho one > out.txt";
  private static final String PUBLISH =
      """
      : > "$MUSTER_TARGET/%s"
      while [ -e "$MUSTER_TARGET/%s" ]; do sleep 0.05; done
      echo "$MUSTER_ATTEMPT" >> "$MUSTER_TARGET/%s"
      while [ -e "$MUSTER_TARGET/%s" ]; do sleep 0.05; done
      sleep 0.3\
      """
          .formatted(BEGAN, NOT_YET, LOG, NOT_OVER);

  private static final Turn LOOKS =
      new Turn.Late(THINKS, shell("test -e effects.txt || {\n" + COUNT + "\n}"));

  private final ScriptedModel model = new ScriptedModel();

  /// What keeps a conversation where it is until its node ends.
  ///
  /// @param turn whose question gets no answer; -1 for none
  /// @param command whether the command never ends
  public record Stop(int turn, boolean command) {
    public static final Stop NOWHERE = new Stop(-1, false);
  }

  public static String id(int number) {
    return "WORKER_%03d".formatted(number);
  }

  /// For others that are carried by the same.
  public ScriptedModel model() {
    return model;
  }

  public void setUp(Path config) throws IOException {
    model.setUp(config);
  }

  /// Has the model carry a worker, before it is asked for it.
  public CountedAgent carry(int number, Stop stop) {
    var turns = turns(stop.command() ? EFFECT + "sleep 600" : COUNT);
    var silent = new AtomicBoolean();
    model.unsure(id(number), LOOKS);
    model.worker(
        id(number),
        (turn, _) -> {
          if (turn == stop.turn() && silent.compareAndSet(false, true)) return new Turn.Silence();
          return new Turn.Late(THINKS, turns.get(turn));
        });
    return this;
  }

  private static List<Turn> turns(String command) {
    return List.of(
        calls(
            write("notes.txt", "zero"),
            call("room_post", Map.of("text", "I count.")),
            shell(command)),
        call(
            "operation",
            Map.of(
                "kind",
                "production_deploy",
                "script",
                PUBLISH,
                "writes",
                List.of("site"),
                "check",
                "test -s " + LOG)),
        finish("I think so."),
        calls(write("out.txt", "two"), finish("Now it is.")));
  }

  /// A folder with its one instruction.
  public static Path workforce(Path folder, int number) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(id(number) + "_Count.md"),
        """
        # Worker %1$03d: Count

        **Priority:** 1

        ## 1. DELIVERABLES

        - [ ] `out.txt`
        - [ ] `effects.txt`

        ## 2. SUCCESS_CRITERIA

        - [ ] Everything happened once

        ## 3. BOUNDARIES

        - **CAN create:** files of its own

        ## 4. DEPENDENCIES

        - No prior workers

        ## 5. MITIGATION

        - **Rollback:** none needed

        ## 6. TEST_PROCESS

        ```bash
        test "$(cat effects.txt)" = x
        grep -qx two out.txt
        ```

        ## 7. TEST_RESULTS_FORMAT

        ```json
        {"worker_id": "%1$03d", "status": "pass|fail"}
        ```

        ## 8. TASK_CLASSIFICATION

        - **Type:** MECHANICAL

        ## 9. RETROSPECTIVE

        - **Time estimate:** 1 second

        ## 10. PERFORMANCE_REQUIREMENTS

        - Degradation limit: If execution takes >300 seconds, abort and escalate
        """
            .formatted(number));
    return folder;
  }

  /// What was asked for a worker so far.
  public List<ScriptedModel.Asked> asked(int number) {
    return model.asked(id(number));
  }

  /// @param kills of the process that carried it
  /// @param askedAgain answers that came while it died, and were paid for twice
  /// @param unknown commands of which nobody knew whether they had run
  public record Told(int kills, int steps, int turns, int askedAgain, int unknown) {}

  /// What must hold of a run that has ended, however often its node did.
  ///
  /// @param steps as `GET …/conversation` has them
  /// @param kills when its node had died, and what it had sent was heard
  /// @param results a folder somewhere under which the deliverables are
  public Told judged(int number, JsonNode steps, List<Instant> kills, Path target, Path results)
      throws IOException {
    assertThat(ofKind(steps, "begun")).as("it went on and did not begin anew").hasSize(1);
    assertThat(ofKind(steps, "repair")).hasSize(1);
    var unknown =
        (int)
            ofKind(steps, "outcome").stream()
                .filter(it -> it.path("text").asText().startsWith(ScriptedModel.UNKNOWN))
                .count();
    var turns = ofKind(steps, "turn").stream().map(CountedAgent::at).toList();
    assertThat(turns).as("no turn is lost").hasSize(TURNS + unknown);
    assertThat(ofKind(steps, "outcome")).extracting(it -> it.path("step").asInt()).isSorted();
    var again = askedAgain(asked(number), turns, kills);

    assertThat(Files.readAllLines(target.resolve(LOG))).as("operations").hasSize(1);
    try (var files = Files.walk(results)) {
      var effects = files.filter(it -> it.endsWith("effects.txt")).toList();
      assertThat(effects).hasSize(1);
      assertThat(effects.getFirst()).as("commands").hasContent("x");
    }
    return new Told(kills.size(), steps.size(), turns.size(), again, unknown);
  }

  /// What is in the journal is never asked for again. Only a question that was under way when its
  /// node died is asked once more, by the next life.
  ///
  /// @param turns when each answer went into the journal
  private static int askedAgain(
      List<ScriptedModel.Asked> asked, List<Instant> turns, List<Instant> kills) {
    var again = 0;
    var before = -1;
    var since = Instant.MIN;
    for (var question : asked) {
      var at = question.at();
      var from = since;
      if (question.turn() == before) {
        assertThat(kills)
            .as("asked twice within one life: %s", asked)
            .anyMatch(kill -> kill.isAfter(from) && kill.isBefore(at));
        again++;
      } else {
        assertThat(question.turn())
            .as("turns as they were asked for: %s", asked)
            .isEqualTo(++before);
      }
      assertThat(turns).as("each question has its answer, of %s", asked).hasSizeGreaterThan(before);
      assertThat(turns.get(before))
          .as("asked for what was in the journal, of %s", asked)
          .isAfterOrEqualTo(at);
      since = at;
    }
    assertThat(turns).as("no answer without a question").hasSize(before + 1);
    return again;
  }

  private static Instant at(JsonNode step) {
    return Instant.parse(step.path("at").asText());
  }

  private static List<JsonNode> ofKind(JsonNode steps, String kind) {
    return StreamSupport.stream(steps.spliterator(), false)
        .filter(it -> it.path("kind").asText().equals(kind))
        .toList();
  }

  @Override
  public void close() {
    model.close();
  }
}
