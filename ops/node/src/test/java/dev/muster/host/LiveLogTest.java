package dev.muster.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.muster.node.workspace.LogReader;
import dev.muster.node.workspace.Workspaces;
import dev.muster.orchestrator.app.NodeLogs;
import dev.muster.orchestrator.usecase.LogSource.Attempt;
import dev.muster.orchestrator.usecase.LogSource.Log;
import dev.muster.orchestrator.usecase.LogSource.Missing;
import dev.muster.orchestrator.usecase.Refusal;
import dev.muster.protocol.log.LogCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two actor systems, so that every question and answer is written to the wire.
class LiveLogTest {
  private static final Attempt ATTEMPT = new Attempt("run_1", "WORKER_001", 1, "worker-1", true);

  @TempDir Path data;
  private final OneAuthority authority = new OneAuthority();
  private final Deque<ActorSystem<?>> systems = new ArrayDeque<>();

  @AfterEach
  void close() {
    while (!systems.isEmpty()) end(systems.pop());
  }

  private static void end(ActorSystem<?> system) {
    var ended = Termination.of(system).ended();
    system.terminate();
    ended.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private ActorSystem<?> join(Consumer<ActorContext<?>> parts) {
    var config =
        ConfigFactory.parseMap(Map.of("pekko.cluster.downing-provider-class", ""))
            .withFallback(ConfigFactory.parseResources("node.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    var system =
        ActorSystem.create(
            Behaviors.<Void>setup(context -> {
              parts.accept(context);
              return Behaviors.empty();
            }),
            "muster",
            authority.setup(config));
    systems.push(system);
    var seed = systems.getLast();
    Cluster.get(system).manager().tell(Join.create(Cluster.get(seed).selfMember().address()));
    return system;
  }

  private ActorSystem<?> worker() {
    return join(guardian -> LogReader.host(guardian, "worker-1", new Workspaces(data)));
  }

  private static Log found(NodeLogs logs) {
    await().atMost(Duration.ofSeconds(20)).until(() -> logs.find(ATTEMPT) instanceof Log);
    return (Log) logs.find(ATTEMPT);
  }

  @Test
  void theLogOfAnAttemptIsReadOnItsNodeAsLongAsThatLives() throws Exception {
    var logs = new NodeLogs(join(_ -> {}));
    assertThat(logs.find(ATTEMPT)).isEqualTo(Missing.SILENT);
    var worker = worker();
    await().atMost(Duration.ofSeconds(20)).until(() -> logs.find(ATTEMPT).equals(Missing.NOWHERE));

    var file = data.resolve("workspaces/run_1/WORKER_001/attempt-1/attempt.log");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "one\n");
    var log = found(logs);
    assertThat(new String(log.read(0, 100), UTF_8)).isEqualTo("one\n");
    assertThat(log.read(4, 100)).isEmpty();
    var pieces = "x".repeat(3 * LogCommand.PIECE_BYTES_MAX);
    Files.writeString(file, pieces, StandardOpenOption.APPEND);
    assertThat(log.size()).isEqualTo(4 + pieces.length());
    assertThat(new String(log.read(4, 10_000_000), UTF_8)).isEqualTo(pieces);
    assertThat(log.read(0, LogCommand.PIECE_BYTES_MAX + 7)).hasSize(LogCommand.PIECE_BYTES_MAX + 7);

    systems.remove(worker);
    end(worker);
    assertThat(logs.find(ATTEMPT)).isEqualTo(Missing.SILENT);
    assertThatThrownBy(() -> log.read(0, 100))
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll("attempt 1 of WORKER_001", "worker-1", "try again");
    worker();
    assertThat(found(logs).size()).as("the next life of the node").isEqualTo(4 + pieces.length());
  }
}
