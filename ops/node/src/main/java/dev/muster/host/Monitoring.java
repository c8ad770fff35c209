package dev.muster.host;

import dev.muster.node.executor.Executor;
import dev.muster.node.headroom.Intake;
import dev.muster.node.headroom.MonitorSettings;
import dev.muster.node.headroom.ResourceMonitor;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.orchestrator.engine.membership.Self;
import dev.muster.orchestrator.engine.membership.Standing;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// The resource monitor of a node, whatever its roles: operators want to see how full an
/// orchestrator is, too.
record Monitoring(
    NodeOptions options, Self self, InstantSource clock, Supplier<Standing> standing) {
  /// @param executor whose slots are reported; null on a node that only orchestrates
  /// @param sandbox which one confines what it runs; null there, too
  /// @param models why none of them is to be asked; null where none is set up
  void begin(
      ActorContext<?> guardian,
      @Nullable ActorRef<Executor.Command> executor,
      @Nullable SandboxKind sandbox,
      Supplier<@Nullable List<String>> models) {
    var settings = options.settings();
    // Labels are what workers are offered.
    var labels = executor == null ? List.<String>of() : settings.cluster().labels();
    var monitor =
        new MonitorSettings(
            self.name(),
            self.address(),
            self.incarnation(),
            self.roles(),
            labels,
            sandbox == null ? null : sandbox.word(),
            settings.headroom(),
            options.data(),
            MonitorSettings.SAMPLE_EVERY,
            MonitorSettings.LOG_EVERY);
    guardian.spawn(
        ResourceMonitor.create(monitor, executor, this::intake, models, clock), "resource-monitor");
  }

  private Intake intake() {
    var now = standing.get();
    if (!now.databaseAnswers()) return Intake.CUT_OFF;
    var since = now.drained();
    if (since == null) return Intake.OPEN;
    return since.compareTo(options.settings().cluster().grace()) < 0
        ? Intake.DRAINED
        : Intake.EVICTING;
  }
}
