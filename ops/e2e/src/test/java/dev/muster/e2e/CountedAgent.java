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
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// A conversation of 18 steps with a word to the room, a command, an operation at the gate and a
/// repair, whose turns are counted by the model's server and whose effects by the files that they
/// leave.
public final class CountedAgent implements AutoCloseable {
  public static final String WORKER = "WORKER_001";

  /// Long enough that a process can be killed within it.
  private static final Duration THINKS = Duration.ofMillis(200);

  private static final String COUNT = "echo x >> effects.txt\nsleep 0.3\necho one > out.txt";
  private static final String PUBLISH =
      "echo \"$MUSTER_ATTEMPT\" >> \"$MUSTER_TARGET/site/log\"\nsleep 0.3";
  private static final List<Turn> SCRIPT =
      List.of(
          calls(
              write("notes.txt", "zero"),
              call("room_post", Map.of("text", "I count.")),
              shell(COUNT)),
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
                  "test -s site/log")),
          finish("I think so."),
          calls(write("out.txt", "two"), finish("Now it is.")));

  private final ScriptedModel model =
      new ScriptedModel()
          .worker(WORKER, SCRIPT.stream().map(it -> new Turn.Late(THINKS, it)).toArray(Turn[]::new))
          .unsure(new Turn.Late(THINKS, shell("test -e effects.txt || {\n" + COUNT + "\n}")));

  /// Questions of runs that were judged before.
  private int judged;

  public void setUp(Path config) throws IOException {
    model.setUp(config);
  }

  /// A folder with its one instruction.
  public static Path workforce(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(WORKER + "_Count.md"),
        """
        # Worker 001: Count

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
        {"worker_id": "001", "status": "pass|fail"}
        ```

        ## 8. TASK_CLASSIFICATION

        - **Type:** MECHANICAL

        ## 9. RETROSPECTIVE

        - **Time estimate:** 1 second

        ## 10. PERFORMANCE_REQUIREMENTS

        - Degradation limit: If execution takes >300 seconds, abort and escalate
        """);
    return folder;
  }

  /// @param kills of the process that carried it
  /// @param askedAgain answers that came while it died, and were paid for twice
  /// @param unknown commands of which nobody knew whether they had run
  public record Told(int kills, int steps, int turns, int askedAgain, int unknown) {}

  /// What must hold of a run that has ended, however often its node did.
  ///
  /// @param steps as `GET …/conversation` has them
  /// @param results a folder somewhere under which the deliverables are
  public Told judged(JsonNode steps, int kills, Path target, Path results) throws IOException {
    assertThat(ofKind(steps, "begun")).as("it went on and did not begin anew").hasSize(1);
    assertThat(ofKind(steps, "repair")).hasSize(1);
    var unknown =
        (int)
            ofKind(steps, "outcome").stream()
                .filter(it -> it.path("text").asText().startsWith(ScriptedModel.UNKNOWN))
                .count();
    var turns = ofKind(steps, "turn").size();
    assertThat(turns).as("no turn is lost").isEqualTo(SCRIPT.size() + unknown);
    assertThat(ofKind(steps, "outcome")).extracting(it -> it.path("step").asInt()).isSorted();

    // An answer that is in the journal is part of the next question. So whoever is asked again was
    // asked by a process that died before it had written the answer down.
    var received = model.received();
    var asked =
        received.subList(judged, received.size()).stream().map(ScriptedModel::turnOf).toList();
    judged = received.size();
    var before = -1;
    for (var turn : asked) {
      assertThat(turn).as("turns as they were asked for: %s", asked).isBetween(before, before + 1);
      before = turn;
    }
    assertThat(before).isEqualTo(turns - 1);
    var again = asked.size() - turns;
    assertThat(again).as("asked again, of %s", asked).isBetween(0, kills);

    assertThat(Files.readAllLines(target.resolve("site/log"))).as("operations").hasSize(1);
    try (var files = Files.walk(results)) {
      var effects = files.filter(it -> it.endsWith("effects.txt")).toList();
      assertThat(effects).hasSize(1);
      assertThat(effects.getFirst()).as("commands").hasContent("x");
    }
    return new Told(kills, steps.size(), turns, again, unknown);
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
