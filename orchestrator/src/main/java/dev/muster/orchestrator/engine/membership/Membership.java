package dev.muster.orchestrator.engine.membership;

import dev.muster.orchestrator.engine.membership.Joining.Ask;
import dev.muster.orchestrator.engine.membership.Joining.Form;
import dev.muster.orchestrator.engine.membership.Joining.Wait;
import dev.muster.orchestrator.engine.membership.NodeRegistry.Beat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps this node in the registry and in the cluster, once a second.
///
/// There is one cluster for one database. A node that finds that another was formed since it joined
/// its own, or that another node goes by its name, is told to leave at once.
public final class Membership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(10);

  /// Asking anew begins the conversation again, so it is given some time.
  private static final Duration ASK_FOR = Duration.ofSeconds(12);

  private static final long UNKNOWN = -1;

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final NodeRegistry registry;
  private final Self self;
  private final List<String> seeds;
  private final boolean alone;
  private final SharedClock clock;
  private final Consumer<String> fence;
  private final Consumer<String> notices;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile Standing standing = Standing.UNKNOWN;
  private boolean started;
  private boolean told;
  private long generation = UNKNOWN;
  private long formed = UNKNOWN;
  private @Nullable Ask asked;
  private long askedAtNanos;
  private @Nullable String met;

  /// @param alone nobody else can use this database, so nobody waits for signs of life
  /// @param clock that learns the time of the database
  /// @param fence told why, once, when this node must stop being a member
  /// @param notices told in words what keeps this node out, for whoever started it
  public Membership(
      ActorSystem<?> system,
      NodeRegistry registry,
      Self self,
      List<String> seeds,
      boolean alone,
      SharedClock clock,
      Consumer<String> fence,
      Consumer<String> notices) {
    this.system = system;
    this.cluster = Cluster.get(system);
    this.registry = registry;
    this.self = self;
    this.seeds = List.copyOf(seeds);
    this.alone = alone;
    this.clock = clock;
    this.fence = fence;
    this.notices = notices;
    this.thread = Thread.ofVirtual().name("membership").unstarted(this::keep);
  }

  public void start() {
    thread.start();
  }

  /// What was last learned.
  public Standing standing() {
    return standing;
  }

  public boolean isMember() {
    var status = cluster.selfMember().status();
    return status.equals(MemberStatus.up()) || status.equals(MemberStatus.weaklyUp());
  }

  /// Waits until this node is a member, for no longer than this while the database answers; false
  /// also when the node ends instead.
  public boolean awaitMember(Duration max) throws InterruptedException {
    var until = System.nanoTime() + max.toNanos();
    while (!isMember()) {
      if (!standing.databaseAnswers()) until = System.nanoTime() + max.toNanos();
      if (isEnding() || System.nanoTime() > until) return false;
      Thread.sleep(LOOK);
    }
    return true;
  }

  private void keep() {
    var enrolled = false;
    while (!isClosedAfter(EVERY)) {
      try {
        enrolled = enrolled || enrol();
        if (enrolled) once();
      } catch (RuntimeException e) {
        // Whatever it is: a thread that ended would leave the standing as it is for ever.
        lost(e);
      }
    }
  }

  /// Two nodes of one name would put each other out again and again.
  private boolean enrol() {
    var namesake = alone ? null : registry.namesake(self);
    if (namesake == null) {
      registry.enrol(self);
      return true;
    }
    if (!namesake.equals(met)) {
      met = namesake;
      var why =
          "the node waits: expected that no other is named %s, found one at %s; give this one a name of its own with node.name or MUSTER_NODE_NAME"
              .formatted(self.name(), namesake);
      LOG.warn("{}", why);
      notices.accept(why);
    }
    return false;
  }

  /// Never interrupted: H2 closes its file when one of its readers is.
  private boolean isClosedAfter(Duration pause) {
    try {
      return closed.await(started ? pause.toMillis() : 0, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true;
    } finally {
      started = true;
    }
  }

  private void once() {
    var member = isMember();
    var nanos = System.nanoTime();
    var joined = member || formed != UNKNOWN;
    var beat = alone && joined == told ? registry.look(self) : registry.beat(self, joined);
    told = joined;
    if (!alone) clock.learn(beat.now(), nanos);
    standing = new Standing(true, beat.drained());
    if (!beat.mine()) {
      fence.accept("another node goes by the name " + self.name());
    } else if (member) {
      belong(beat);
    } else if (cluster.selfMember().status().equals(MemberStatus.removed()) && !isEnding()) {
      join();
    }
  }

  private boolean isEnding() {
    return CoordinatedShutdown.get(system).getShutdownReason().isPresent();
  }

  private void lost(RuntimeException e) {
    if (standing.databaseAnswers())
      LOG.warn("{}; trying again every second", String.valueOf(e.getMessage()), unexpected(e));
    standing = new Standing(false, standing.drained());
  }

  /// What the database says is said in words; of anything else, where it came from.
  private static @Nullable RuntimeException unexpected(RuntimeException e) {
    return e instanceof RegistryException ? null : e;
  }

  /// A member for the first time takes the generation for its own: it was let in by a live cluster.
  private void belong(Beat beat) {
    if (generation == UNKNOWN) {
      generation = formed == UNKNOWN ? beat.generation() : formed;
      LOG.info("{} is a member of the cluster, generation {}", self.name(), generation);
    }
    if (beat.generation() != generation) {
      fence.accept(
          "a newer cluster, generation %d, has taken over from generation %d"
              .formatted(beat.generation(), generation));
    }
  }

  private void join() {
    switch (Joining.of(self, seeds, registry.nodes())) {
      case Ask ask -> ask(ask);
      case Wait() -> LOG.debug("no orchestrator to join yet");
      case Form() -> {
        if (formed != UNKNOWN) return;
        var next = registry.form(self);
        if (next.isEmpty()) return;
        formed = next.getAsLong();
        LOG.info("{} begins the cluster, generation {}", self.name(), formed);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
      }
    }
  }

  private void ask(Ask ask) {
    var now = System.nanoTime();
    if (ask.equals(asked) && now - askedAtNanos < ASK_FOR.toNanos()) return;
    asked = ask;
    askedAtNanos = now;
    LOG.info("{} asks to join: {}", self.name(), ask.contacts());
    cluster.manager().tell(new JoinSeedNodes(ask.contacts().stream().map(this::address).toList()));
  }

  private Address address(String hostAndPort) {
    var colon = hostAndPort.lastIndexOf(':');
    return new Address(
        "pekko",
        system.name(),
        hostAndPort.substring(0, colon),
        Integer.parseInt(hostAndPort.substring(colon + 1)));
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(2));
      if (standing.databaseAnswers()) registry.leave(self);
    } catch (RegistryException e) {
      LOG.debug("the registry is told nothing at the end", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
