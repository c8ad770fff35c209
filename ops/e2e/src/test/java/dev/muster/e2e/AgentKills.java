package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A node that is alone with a counted conversation, killed and started again on the same data.
final class AgentKills implements AutoCloseable {
  private static final int WORKER = 1;
  private static final String API = "/api/v1/runs";
  private static final long LOOK_EVERY_MILLIS = 15;

  /// What a process had sent when it died is received by then.
  static final long HEARD_AFTER_MILLIS = 100;

  private final CountedAgent agent = new CountedAgent().carry(WORKER, CountedAgent.Stop.NOWHERE);
  private final Muster muster;
  private final Api api;
  private final Path workforce;
  private final List<String> deaths = new ArrayList<>();
  private final List<Instant> kills = new ArrayList<>();
  private String run = "";
  private boolean over;

  AgentKills(Path folder) throws IOException {
    agent.setUp(folder.resolve("config"));
    workforce = CountedAgent.workforce(folder.resolve("count"), WORKER);
    muster = new Muster(folder).with("XDG_CONFIG_HOME", folder.resolve("config").toString());
    api = new Api(muster);
  }

  Muster muster() {
    return muster;
  }

  /// When a life ends, by what it and the journal have shown so far.
  interface Moment {
    /// @param steps in the journal now
    /// @param before those that were there when this life first said so
    boolean come(int steps, int before) throws InterruptedException;
  }

  /// Begins the run, or takes it up.
  ///
  /// @return whether it was killed; otherwise it ended by itself
  boolean live(Moment end) throws Exception {
    var life =
        run.isEmpty()
            ? muster.start(
                "run",
                workforce.toString(),
                "--no-input",
                "--approve",
                "all",
                "--target",
                muster.target().toString())
            : muster.start("resume", "--no-input");
    try {
      var before = -1;
      while (life.process().isAlive()) {
        var steps = steps();
        if (before < 0 && !steps.isMissingNode()) before = steps.size();
        if (before >= 0 && end.come(steps.size(), before)) {
          life.kill();
          Thread.sleep(HEARD_AFTER_MILLIS);
          kills.add(Instant.now());
          deaths.add(steps.isEmpty() ? "0" : said(steps.get(steps.size() - 1)));
          return true;
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      var ended = life.await();
      assertThat(ended.exit()).as(ended.toString()).isZero();
      over = true;
      return false;
    } finally {
      life.kill();
    }
  }

  /// Goes on to the end of the run, if it has not come yet.
  void finish() throws Exception {
    if (!over) assertThat(live((_, _) -> false)).isFalse();
  }

  private static String said(JsonNode step) {
    return step.path("step").asInt() + " " + step.path("kind").asText();
  }

  /// Missing while no node answers.
  private JsonNode steps() throws InterruptedException {
    if (run.isEmpty()) run = api.get(API).at("/items/0/id").asText();
    if (run.isEmpty()) return MissingNode.getInstance();
    return api.get(
            API + "/" + run + "/workers/" + CountedAgent.id(WORKER) + "/conversation?limit=200")
        .path("items");
  }

  /// Of a run that has ended.
  CountedAgent.Told judged() throws Exception {
    assertThat(Journal.of(muster, "last").completed()).containsExactly(CountedAgent.id(WORKER));
    // Whoever asks hosts a node for it where none runs.
    var node = muster.start("up");
    try {
      var steps = steps();
      while (steps.isMissingNode() && node.process().isAlive()) {
        Thread.sleep(LOOK_EVERY_MILLIS);
        steps = steps();
      }
      var room = api.get(API + "/" + run + "/room").path("items");
      assertThat(room).as("the room's first words, and what was said once").hasSize(2);
      var told = agent.judged(WORKER, steps, kills, muster.target(), muster.results());
      System.out.printf("killed after steps %s: %s%n", deaths, told);
      return told;
    } finally {
      node.kill();
    }
  }

  @Override
  public void close() {
    agent.close();
  }
}
