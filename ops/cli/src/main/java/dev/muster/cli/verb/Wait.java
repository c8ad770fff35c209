package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.client.References;
import dev.muster.cli.session.Link;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "wait",
    description = "Wait until a run or a worker has reached a state.",
    footer = {
      "",
      "STATE is one of its states, or `ended` for whichever comes last. Exit code: 0 reached, 1 it"
          + " ended in another state, 7 not within --timeout."
    })
final class Wait extends Verb {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final String ENDED = "ENDED";

  @Parameters(paramLabel = "ID", description = "A run, or RUN/WORKER_014.")
  String id = "";

  @Option(names = "--for", defaultValue = "ended", paramLabel = "STATE", description = "The state.")
  String state = "";

  Wait(Context context) {
    super(context);
  }

  private record Standing(String state, boolean ended) {}

  @Override
  public Integer call() {
    var wanted = state.toUpperCase(Locale.ROOT).replace('-', '_');
    var worker = id.contains("/") || id.startsWith("WORKER_");
    checkState(wanted, worker);
    return withNode(link -> await(link, wanted, worker));
  }

  private static void checkState(String wanted, boolean worker) {
    Stream<? extends Enum<?>> states =
        worker ? Arrays.stream(WorkerPhase.values()) : Arrays.stream(RunPhase.values());
    List<String> names = Stream.concat(Stream.of(ENDED), states.map(Enum::name)).toList();
    if (!names.contains(wanted)) {
      throw new Refusal(
          Exit.USAGE,
          "expected --for one of " + String.join(", ", names) + ", found " + wanted,
          null);
    }
  }

  private int await(Link link, String wanted, boolean worker) {
    var references = new References(link.api());
    var ref = worker ? references.worker(id, "last") : null;
    var run = ref == null ? references.run(id).view().id() : ref.run();
    var until = context.until();
    while (true) {
      var now = ref == null ? run(link, run) : worker(link, ref.run(), ref.worker());
      if (now.state().equals(wanted) || (now.ended() && wanted.equals(ENDED))) {
        reached(now);
        return Exit.OK;
      }
      if (now.ended()) {
        reached(now);
        return Exit.FAILED;
      }
      if (link.hosted() != null) {
        throw new Refusal(
            Exit.UNREACHABLE,
            id + " is " + now.state() + ", and no node is running that could change it",
            "carry on with: `muster resume " + run + "`");
      }
      if (until != null && context.pace().now().isAfter(until)) {
        throw new Refusal(
            Exit.TIMED_OUT, id + " is still " + now.state(), "why: `muster runs show " + run + "`");
      }
      context.pace().sleep(LOOK_EVERY);
    }
  }

  private void reached(Standing now) {
    var item = Json.MAPPER.createObjectNode().put("id", id).put("state", now.state());
    terminal()
        .data(
            switch (context.output()) {
              case JSON -> Json.pretty(item);
              case JSONL -> Json.line(item);
              case NAME -> id;
              case TABLE, WIDE -> id + " " + now.state();
            });
  }

  private static Standing run(Link link, String run) {
    var state = link.api().run(run).view().state();
    return new Standing(state.name(), state.finished());
  }

  private static Standing worker(Link link, String run, String worker) {
    var state = link.api().worker(run, worker).view().state();
    return new Standing(state.name(), state.settled());
  }
}
