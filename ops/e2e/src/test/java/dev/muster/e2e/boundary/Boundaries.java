package dev.muster.e2e.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.e2e.CountedAgent;
import dev.muster.e2e.rig.Held;
import dev.muster.e2e.rig.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// As many conversations as there are boundaries, side by side, each of which stands still at its
/// own: so one `kill -9` is one at each of them.
public final class Boundaries implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final long HEARD_AFTER_MILLIS = 500;

  /// That of whom nobody disturbs.
  private static final int FIRST = 1;

  private final Path folder;
  private final Path results;
  private final Held held;
  private final CountedAgent agent = new CountedAgent();
  private final List<Standing> all = new ArrayList<>();

  public Boundaries(Path folder, Path results) throws IOException {
    this.folder = folder;
    this.results = results;
    this.held = new Held(folder.resolve("held"));
    agent.setUp(config());
  }

  /// For the JVM whose journal is held.
  public List<String> options() {
    return held.options();
  }

  /// Settings of the user whose nodes these are.
  public Path config() {
    return folder.resolve("config");
  }

  /// Lets one conversation run to its end, and so learns what boundaries there are. Then has one
  /// stand at each.
  ///
  /// @param ofJournal whose writes count, such as `Worker|` for those of workers alone
  /// @param data folders of the nodes
  public void standEverywhere(Operator operator, Predicate<String> ofJournal, List<Path> data)
      throws IOException {
    var first = launch(operator, FIRST, new Boundary.Operation(true), false);
    await("the first run ends", () -> going(operator, List.of(first)));
    var writes = held.writes().stream().filter(it -> ofJournal.test(it.entity())).toList();
    stand(operator, Boundary.all(writes, first.run(), first.worker()), data);
  }

  private void stand(Operator operator, List<Boundary> boundaries, List<Path> data)
      throws IOException {
    for (var boundary : boundaries) {
      all.add(launch(operator, FIRST + 1 + all.size(), boundary, true));
    }
    await(
        "each stands at its boundary",
        () -> all.stream().filter(it -> !it.reached(held, agent, data)).toList());
  }

  private Standing launch(Operator operator, int number, Boundary at, boolean stands)
      throws IOException {
    agent.carry(number, stands ? at.stop() : CountedAgent.Stop.NOWHERE);
    var target = folder.resolve("target-" + number);
    if (stands) Standing.prepare(at, target);
    else Files.createDirectories(target);
    var worker = CountedAgent.id(number);
    if (at instanceof Boundary.Written written && written.ofWorker()) {
      held.hold(written.in("", worker), written.side());
    }
    var workforce = CountedAgent.workforce(folder.resolve("count-" + number), number);
    var run = operator.launch(workforce, target, "all");
    if (at instanceof Boundary.Written written && !written.ofWorker()) {
      held.hold(written.in(run, worker), written.side());
    }
    return new Standing(number, at, run, target);
  }

  /// When the node has died, and what it had sent was heard.
  public Instant died() throws InterruptedException {
    Thread.sleep(HEARD_AFTER_MILLIS);
    all.forEach(Standing::release);
    return Instant.now();
  }

  /// Waits for the end of all, and judges them.
  ///
  /// @return what came of it, in a line
  public String judged(Operator operator, Instant killed) throws IOException {
    await("all runs end", () -> going(operator, all));
    var wrong = new TreeMap<String, String>();
    var again = 0;
    for (var it : all) {
      try {
        again += judged(operator, it, killed);
      } catch (AssertionError e) {
        wrong.put(it.toString(), String.valueOf(e.getMessage()));
      }
    }
    assertThat(wrong).isEmpty();
    return "%d boundaries, %d questions asked again".formatted(all.size(), again);
  }

  private int judged(Operator operator, Standing it, Instant killed) throws IOException {
    var steps = items(operator, it, "/workers/" + it.worker() + "/conversation");
    var told =
        agent.judged(it.number(), steps, List.of(killed), it.target(), results.resolve(it.run()));
    assertThat(items(operator, it, "/room")).as("the first words, and one more").hasSize(2);
    var before =
        agent.asked(it.number()).stream().filter(asked -> asked.at().isBefore(killed)).count();
    var answered = Standing.turnsBefore(steps, killed);
    assertThat(told.askedAgain())
        .as("asked %d times, answered %d times", before, answered)
        .isEqualTo((int) (before - answered))
        .isEqualTo(it.at().asksAgain() ? 1 : 0);
    return told.askedAgain();
  }

  private static JsonNode items(Operator operator, Standing it, String what) {
    return operator.get("/runs/" + it.run() + what + "?limit=200").body().path("items");
  }

  /// Those that have no results yet.
  private List<Standing> going(Operator operator, List<Standing> them) {
    var going = them.stream().filter(it -> !Files.exists(summary(it))).toList();
    if (going.isEmpty()) {
      for (var it : them) {
        var phase = operator.get("/runs/" + it.run()).body().path("state").asText();
        assertThat(phase).as("%s", it).isEqualTo("COMPLETED");
      }
    }
    return going;
  }

  private Path summary(Standing it) {
    return results.resolve(it.run()).resolve("execution_summary.json");
  }

  private static void await(String what, Supplier<List<Standing>> missing) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var left = missing.get();
      if (left.isEmpty()) return;
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "expected within %s: %s; but not %s".formatted(PATIENCE, what, left));
      }
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    agent.close();
  }
}
