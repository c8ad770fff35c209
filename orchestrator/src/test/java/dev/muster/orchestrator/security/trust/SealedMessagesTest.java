package dev.muster.orchestrator.security.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.proof.Office;
import dev.muster.protocol.proof.SealedSerializer;
import dev.muster.protocol.proof.Seals;
import dev.muster.protocol.proof.SealsSetup;
import dev.muster.protocol.worker.ReleaseShards;
import dev.muster.protocol.worker.WorkerCommand;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.util.Try;

/// What nodes say to one another over a wire, as Pekko writes and reads it.
class SealedMessagesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private volatile Instant now = NOW;
  private ActorSystem<Void> orchestrator;
  private ActorSystem<Void> worker;
  private ActorSystem<Void> hearer;

  @BeforeEach
  void start() throws Exception {
    var authority = Authority.create(NOW);
    orchestrator = system(node(authority, "orchestrator-1", Office.ORCHESTRATOR));
    worker = system(node(authority, "worker-1", Office.NODE));
    hearer = system(node(authority, "worker-2", Office.NODE));
  }

  @AfterEach
  void stop() {
    systems.forEach(it -> ActorTestKit.shutdown(it, Duration.ofSeconds(10)));
  }

  private NodeSeals node(Authority of, String name, Office office) throws Exception {
    var month = Duration.ofDays(30);
    var seals = new NodeSeals(name, office, () -> now);
    seals.learn(of.issue(name, List.of(), office, month, NOW, List.of(of.certificate())));
    return seals;
  }

  private ActorSystem<Void> system(Seals seals) {
    var config =
        ConfigFactory.parseString(
                """
                pekko.actor.provider = remote
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                pekko.loglevel = OFF
                pekko.stdout-loglevel = OFF
                """)
            .withFallback(ConfigFactory.load());
    var setup = new SealsSetup(seals, () -> now, refused::add);
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "muster",
            ActorSystemSetup.create(setup, BootstrapSetup.create(config)));
    systems.add(system);
    return system;
  }

  private static Serialization serialization(ActorSystem<?> of) {
    return SerializationExtension.get(of);
  }

  private static ReleaseShards order(ActorSystem<?> from) {
    return new ReleaseShards(List.of("7"), from.ignoreRef());
  }

  private static byte[] bytes(ActorSystem<?> from) {
    return serialization(from).serialize(order(from)).get();
  }

  private Object read(byte[] bytes) throws Exception {
    var sealed = serialization(hearer).serializerFor(ReleaseShards.class);
    assertThat(sealed).isInstanceOf(SealedSerializer.class);
    return as(ReleaseShards.class, sealed.identifier(), bytes).get();
  }

  private void isRefused(byte[] bytes, String why) {
    refused.clear();
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining(why);
    assertThat(refused).singleElement().asString().contains(why);
  }

  @Test
  void whatAnOrchestratorSaysIsRead() throws Exception {
    assertThat(read(bytes(orchestrator)))
        .isEqualTo(new ReleaseShards(List.of("7"), hearer.ignoreRef()));
    assertThat(refused).isEmpty();
  }

  @Test
  void whatOnlyAWorkerVouchesForIsRefused() {
    isRefused(bytes(worker), "only an orchestrator");
    assertThat(refused.getFirst()).contains("ReleaseShards of worker-1");
  }

  @Test
  void whatAStrangersOrchestratorSaysIsRefused() throws Exception {
    var stranger = node(Authority.create(NOW), "orchestrator-1", Office.ORCHESTRATOR);
    isRefused(bytes(system(stranger)), "expected a certificate of this cluster");
  }

  @Test
  void anOldMessageIsRefusedAndSoIsOneFromTheFuture() throws Exception {
    var bytes = bytes(orchestrator);
    now = NOW.plusSeconds(60);
    assertThat(read(bytes)).isInstanceOf(ReleaseShards.class);
    now = NOW.plusSeconds(61);
    isRefused(bytes, "it was not said within 60 s of now");
    var later = bytes(orchestrator);
    now = NOW;
    isRefused(later, "it was not said within 60 s of now");
  }

  @Test
  void aMessageThatWasChangedOrCutOffIsRefused() {
    var bytes = bytes(orchestrator);
    var head = Integer.BYTES + ByteBuffer.wrap(bytes).getInt();
    for (var at = head; at < bytes.length; at++) {
      var changed = bytes.clone();
      changed[at] ^= 1;
      isRefused(changed, "something else");
    }
    isRefused(Arrays.copyOf(bytes, bytes.length - 1), "something else");
    isRefused(Arrays.copyOf(bytes, head - 1), "cut off");
    isRefused(new byte[0], "not a sealed message");
    isRefused(new byte[] {-1, -1, -1, -1}, "cut off");
  }

  @Test
  void theSealOfOneTypeIsNotGoodForAnother() throws Exception {
    var sealed = (SealedSerializer) serialization(hearer).serializerFor(ReleaseShards.class);
    var bytes = bytes(orchestrator);
    for (var type : List.of(WorkerCommand.Decided.class, String.class)) {
      assertThatThrownBy(() -> sealed.fromBinary(bytes, type.getName()))
          .isInstanceOf(NotSerializableException.class);
    }
    assertThat(refused).hasSize(2);
  }

  /// Pekko's own serializer would read it without a seal, and does not.
  @Test
  void anUnsealedMessageIsReadByNobody() throws Exception {
    var harmless = new ReleaseShards.Released(List.of("7"));
    var unsealed = serialization(orchestrator).serialize(harmless).get();
    var jackson = serialization(hearer).serializerFor(ReleaseShards.Released.class).identifier();
    assertThat(as(harmless.getClass(), jackson, unsealed).get()).isEqualTo(harmless);
    assertThat(as(ReleaseShards.class, jackson, unsealed).failed().get())
        .hasMessageContaining("ReleaseShards");
    isRefused(unsealed, "not a sealed message");
  }

  private Try<?> as(Class<?> type, int serializer, byte[] bytes) throws Exception {
    return serialization(hearer).deserialize(bytes, serializer, type.getName());
  }

  @Test
  void whatANodeSaysOfItselfIsReadAndWhatItSaysOfAnotherIsRefused() throws Exception {
    var own = beat("worker-1");
    var sealed = serialization(hearer).serializerFor(own.getClass());
    assertThat(sealed).isInstanceOf(SealedSerializer.class);
    var said = serialization(worker).serialize(own).get();
    assertThat(as(own.getClass(), sealed.identifier(), said).get()).isEqualTo(own);
    assertThat(refused).isEmpty();
    var others = serialization(worker).serialize(beat("worker-2")).get();
    assertThat(as(own.getClass(), sealed.identifier(), others).failed().get())
        .hasMessageContaining("Reported of worker-1");
    assertThat(refused).singleElement().asString().contains("it speaks for worker-2");
  }

  private static HeadroomCommand.Reported beat(String node) {
    return new HeadroomCommand.Reported(
        new NodeHeadroom(
            node,
            "a",
            "i",
            List.of("worker"),
            true,
            List.of(),
            1,
            1,
            1,
            1,
            HeadroomLimits.DEFAULT,
            4,
            0,
            NOW));
  }

  /// A refused message is dropped alone: what the same node may say arrives after it.
  @Test
  void onTheWireARefusedMessageIsDroppedAndTheNextOneArrives() {
    TestProbe<Object> probe = TestProbe.create(hearer);
    from(worker, probe).tell(order(worker));
    from(worker, probe).tell(new ReleaseShards.Released(List.of("8")));
    assertThat(probe.receiveMessage(Duration.ofSeconds(20)))
        .isEqualTo(new ReleaseShards.Released(List.of("8")));
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(refused).singleElement().asString().contains("ReleaseShards of worker-1"));
    from(orchestrator, probe).tell(order(orchestrator));
    assertThat(probe.receiveMessage(Duration.ofSeconds(20))).isInstanceOf(ReleaseShards.class);
    assertThat(refused).hasSize(1);
  }

  private ActorRef<Object> from(ActorSystem<?> system, TestProbe<Object> to) {
    var address = ActorRefResolver.get(hearer).toSerializationFormat(to.ref());
    return ActorRefResolver.get(system).resolveActorRef(address);
  }
}
