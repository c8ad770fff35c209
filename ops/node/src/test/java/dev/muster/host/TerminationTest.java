package dev.muster.host;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.SystemGuardian;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.io.Tcp;
import org.apache.pekko.io.TcpMessage;
import org.junit.jupiter.api.Test;

class TerminationTest {
  private static final Duration BUSY = Duration.ofSeconds(60);

  /// As Pekko's transport, of which the end of its system waits to be told that its connections are
  /// closed; this one never is.
  private static final class Transport extends AbstractActor {
    private final CompletableFuture<InetSocketAddress> bound;

    Transport(CompletableFuture<InetSocketAddress> bound) {
      this.bound = bound;
    }

    @Override
    public void preStart() {
      var system = (ExtendedActorSystem) getContext().getSystem();
      system.systemGuardian().tell(SystemGuardian.RegisterTerminationHook$.MODULE$, self());
      var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Tcp.get(system).manager().tell(TcpMessage.bind(self(), any, 50), self());
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(Tcp.Bound.class, it -> bound.complete(it.localAddress()))
          .matchAny(_ -> {})
          .build();
    }
  }

  /// Whoever is put out of a cluster begins again at the same port, in the same JVM.
  @Test
  void aTransportThatNeverEndsKeepsNoPort() {
    var config =
        ConfigFactory.parseString("pekko.loglevel = OFF").withFallback(ConfigFactory.load());
    var system = ActorSystem.create(Behaviors.<Void>empty(), "muster", config);
    var bound = new CompletableFuture<InetSocketAddress>();
    var classic = (ExtendedActorSystem) Adapter.toClassic(system);
    classic.systemActorOf(Props.create(Transport.class, () -> new Transport(bound)), "transport");
    var port = bound.orTimeout(BUSY.toSeconds(), TimeUnit.SECONDS).join();

    var ended = Termination.of(system).ended();
    system.terminate();
    ended.orTimeout(BUSY.toSeconds(), TimeUnit.SECONDS).join();

    await().atMost(BUSY).until(() -> isFree(port));
  }

  private static boolean isFree(InetSocketAddress port) {
    try (var server = new ServerSocket()) {
      server.bind(port);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
