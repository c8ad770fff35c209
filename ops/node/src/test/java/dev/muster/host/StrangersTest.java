package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.orchestrator.security.trust.MutualTls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real transports on loopback. What a stranger reaches is a port, and nothing behind it.
class StrangersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// For what will happen, however much else the machine does.
  private static final Duration BUSY = Duration.ofSeconds(60);

  private final Deque<ActorSystem<Void>> systems = new ArrayDeque<>();
  private final OneAuthority ours = new OneAuthority();

  @AfterEach
  void close() {
    while (!systems.isEmpty()) {
      var system = systems.pop();
      var ended = Termination.of(system).ended();
      system.terminate();
      ended.orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private ActorSystem<Void> start(ActorSystemSetup setup) {
    var system = ActorSystem.create(Behaviors.<Void>empty(), "muster", setup);
    systems.push(system);
    return system;
  }

  private ActorSystem<Void> founded(ActorSystemSetup setup) {
    var system = start(setup);
    var cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    await().atMost(BUSY).until(() -> cluster.selfMember().status().equals(MemberStatus.up()));
    return system;
  }

  static Stream<ActorSystemSetup> strangers() {
    return Stream.of(
        ActorSystemSetup.create(BootstrapSetup.create(config("tcp"))),
        new OneAuthority().setup(config("tls-tcp")),
        alone());
  }

  private static ActorSystemSetup alone() {
    return ActorSystemSetup.create(
        BootstrapSetup.create(config("tls-tcp")),
        SSLEngineProviderSetup.create(_ -> new MutualTls(() -> Instant.EPOCH)));
  }

  private static Config config(String transport) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.transport",
                transport,
                "pekko.cluster.downing-provider-class",
                "",
                "pekko.loglevel",
                "OFF"))
        .withFallback(ConfigFactory.parseResources("node.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  @Test
  void aNodeOfTheSameAuthorityIsAnsweredAndLetIn() throws Exception {
    var node = founded(ours.setup(config("tls-tcp")));
    var other = start(ours.setup(config("tls-tcp")));
    await().atMost(BUSY).until(() -> answer(other, node).get());
    join(other, node);
    await()
        .atMost(BUSY)
        .until(() -> Cluster.get(other).selfMember().status().equals(MemberStatus.up()));
  }

  @Test
  void strangersAreNotAnsweredAndNotLetIn() throws Exception {
    refused(strangers(), founded(ours.setup(config("tls-tcp"))));
  }

  @Test
  void aNodeThatIsAloneAnswersNobody() throws Exception {
    refused(strangers(), founded(alone()));
  }

  /// All knock at once, since each is waited for as long as an answer could take.
  private void refused(Stream<ActorSystemSetup> setups, ActorSystem<Void> node) throws Exception {
    var strangers = setups.map(this::start).toList();
    strangers.forEach(stranger -> join(stranger, node));
    var answers = strangers.stream().map(stranger -> answer(stranger, node)).toList();
    for (var answer : answers) assertThat(answer.get()).isFalse();
    assertThat(Cluster.get(node).state().getMembers()).hasSize(1);
    for (var stranger : strangers) {
      assertThat(Cluster.get(stranger).selfMember().status()).isEqualTo(MemberStatus.removed());
    }
  }

  private static void join(ActorSystem<Void> caller, ActorSystem<Void> node) {
    var address = Cluster.get(node).selfMember().address();
    Cluster.get(caller).manager().tell(new JoinSeedNodes(List.of(address)));
  }

  /// Whether an actor that every node has says that it is there.
  private static CompletableFuture<Boolean> answer(
      ActorSystem<Void> caller, ActorSystem<Void> node) {
    var path = Cluster.get(node).selfMember().address() + "/system/cluster/core/daemon";
    CompletableFuture<Object> answer =
        Patterns.ask(
                Adapter.toClassic(caller).actorSelection(path), new Identify("there?"), PATIENCE)
            .toCompletableFuture();
    return answer.handle(
        (found, problem) -> problem == null && ((ActorIdentity) found).getActorRef().isPresent());
  }
}
