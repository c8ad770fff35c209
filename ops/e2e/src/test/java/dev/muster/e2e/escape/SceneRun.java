package dev.muster.e2e.escape;

import dev.muster.e2e.escape.Outcome.Escaped;
import java.util.List;
import java.util.function.Predicate;

/// The attacks from outside, group by group: a group shares what takes long to make.
final class SceneRun {
  private static final int SLOW_SECONDS = 10;

  private final Kit kit;
  private final Ledger ledger;
  private final String only;

  SceneRun(Kit kit, Ledger ledger, String only) {
    this.kit = kit;
    this.ledger = ledger;
    this.only = only;
  }

  /// One attack.
  record Scene(String name, String promise, Attack attack) {}

  interface Attack {
    Outcome go() throws Exception;
  }

  /// Makes its scenes when it is its turn.
  interface Group {
    String name();

    void go(Stage stage) throws Exception;
  }

  /// Where a group tries its scenes.
  interface Stage {
    Kit kit();

    void scene(String name, String promise, Attack attack);
  }

  /// @param modes names of groups, or `scenes` for all of them
  void tryAll(Predicate<String> modes) throws Exception {
    for (var group : groups()) {
      if (!modes.test("scenes") && !modes.test(group.name())) continue;
      var started = System.nanoTime();
      group.go(new Trial(group.name()));
      System.out.printf(
          "scenes of %s: %d s%n", group.name(), (System.nanoTime() - started) / 1_000_000_000);
    }
  }

  private static List<Group> groups() {
    return List.of(
        new ApiScenes(),
        new StrangerScenes(),
        new ForgedScenes(),
        new FolderScenes(),
        new DataScenes(),
        new DecisionScenes(),
        new AgentScenes(),
        new OutputScenes());
  }

  private final class Trial implements Stage {
    private final String group;

    private Trial(String group) {
      this.group = group;
    }

    @Override
    public Kit kit() {
      return kit;
    }

    @Override
    public void scene(String name, String promise, Attack attack) {
      if (!name.matches(only)) return;
      Outcome outcome;
      var started = System.nanoTime();
      try {
        outcome = attack.go();
      } catch (Exception | AssertionError e) {
        // What breaks in an unforeseen way has not held.
        outcome = new Escaped("the scene broke: " + e);
      }
      var seconds = (System.nanoTime() - started) / 1_000_000_000;
      if (seconds >= SLOW_SECONDS)
        System.out.println(group + ": " + name + " took " + seconds + " s");
      ledger.add("scenes: " + group, name, promise, outcome);
    }
  }
}
