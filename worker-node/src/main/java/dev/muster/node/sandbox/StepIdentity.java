package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.CallingThread;
import dev.muster.node.sandbox.kernel.OwnedViews;
import dev.muster.node.sandbox.kernel.PortLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who a step is on this host, and the thread that starts it.
///
/// @param user that it becomes; null when it is whoever runs this node
/// @param launcher of its own where the thread had to be prepared
/// @param etc what that thread shows in place of `/etc`; null when nothing
record StepIdentity(@Nullable OtherUser user, ProcessLauncher launcher, @Nullable SeenEtc etc)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepIdentity.class);

  static StepIdentity of(Job job, Confinement confinement) throws IOException {
    var identity = confinement.switchesUser() ? another(job, confinement) : null;
    if (identity == null) {
      var launcher = job.network() ? ProcessLauncher.own() : ProcessLauncher.lasting();
      identity = new StepIdentity(null, launcher, null);
    }
    try {
      if (job.network() && locksPorts(confinement)) identity.lockPorts();
      return identity;
    } catch (IOException | RuntimeException e) {
      identity.close();
      throw e;
    }
  }

  /// The lock takes away what a set-uid program of the sandbox would gain.
  static boolean locksPorts(Confinement confinement) {
    return PortLock.works() && !confinement.gainsPrivileges();
  }

  private void lockPorts() throws IOException {
    var ports = NodePorts.listening();
    launcher.run(() -> {
      CallingThread.neverConnectTo(ports);
      return ports;
    });
  }

  /// Somebody else, who sees what the job names as its owners do. Null where a folder that was
  /// permitted for writing cannot be shown so: then the step stays who it is, and has no rights but
  /// those of an owner.
  private static @Nullable StepIdentity another(Job job, Confinement confinement)
      throws IOException {
    var user = OtherUser.next();
    var launcher = ProcessLauncher.own();
    var identity = new StepIdentity(user, launcher, null);
    try {
      var shown = launcher.run(() -> shown(job, confinement, user));
      if (shown.plain().stream().noneMatch(job.writes()::contains)) {
        if (!job.startsInTarget()) user.own(job.work());
        return new StepIdentity(user, launcher, shown.etc());
      }
      LOG.warn(
          "no ids can be mapped on {}: the operation runs as the user of this node", shown.plain());
      identity.close();
      return null;
    } catch (IOException | RuntimeException e) {
      identity.close();
      throw e;
    }
  }

  /// What its thread sees otherwise than others.
  ///
  /// @param plain what is not shown as the user's
  private record Shown(List<Path> plain, @Nullable SeenEtc etc) {}

  private static Shown shown(Job job, Confinement confinement, OtherUser user) {
    var paths = new LinkedHashSet<>(List.of(job.targetContent(), job.inputs(), job.script()));
    paths.addAll(job.reads());
    paths.addAll(job.writes());
    if (job.startsInTarget()) paths.add(job.work());
    try {
      var data = confinement.dataFolder().toRealPath();
      var plain = OwnedViews.show(paths, data, user.id(), ProcessLauncher::start);
      return new Shown(plain, SeenEtc.laid(job, confinement.etc(job.network())));
    } catch (IOException e) {
      LOG.debug("nothing can be shown as another user's: {}", e.toString());
      return new Shown(List.copyOf(paths), null);
    }
  }

  List<String> as(List<String> command) {
    return user == null ? command : user.command(command);
  }

  @Override
  public void close() {
    if (user != null) user.close();
    launcher.close();
  }
}
