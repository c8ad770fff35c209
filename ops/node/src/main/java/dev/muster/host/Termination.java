package dev.muster.host;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.io.Tcp;

/// The end of an actor system, as far as anybody needs to wait for it.
///
/// When all actors have ended only connections are left, and closing those of TLS can take for
/// ever: about one in ten, when the other end closes at the same moment (Pekko 1.7.0). They are
/// given a while and no more. What they still held could reach nobody. Then their sockets are
/// closed without asking them: the port's own among them, which whoever begins again in this JVM
/// needs.
public final class Termination {
  private static final Duration TRANSPORT_MAX = Duration.ofSeconds(3);

  private final CompletableFuture<Done> ended = new CompletableFuture<>();
  private final ActorRef sockets;

  private Termination(ActorSystem<?> system) {
    sockets = Tcp.get(Adapter.toClassic(system)).manager();
    system.getWhenTerminated().whenComplete((_, _) -> ended.complete(Done.getInstance()));
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseActorSystemTerminate(),
            "patience-with-transport",
            this::bePatient);
  }

  /// To be called before the system is told to end.
  public static Termination of(ActorSystem<?> system) {
    return new Termination(system);
  }

  private CompletionStage<Done> bePatient() {
    var late = CompletableFuture.delayedExecutor(TRANSPORT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    late.execute(() -> {
      if (!ended.isDone()) sockets.tell(PoisonPill.getInstance(), ActorRef.noSender());
      ended.complete(Done.getInstance());
    });
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  public CompletableFuture<Done> ended() {
    return ended.copy();
  }
}
