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
record StepIdentity(@Nullable OtherUser user, ProcessLauncher launcher) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepIdentity.class);

  static StepIdentity of(Job job, Confinement confinement) throws IOException {
    var identity = confinement.switchesUser() ? another(job, confinement.dataFolder()) : null;
    if (identity == null) {
      var launcher = job.network() ? ProcessLauncher.own() : ProcessLauncher.lasting();
      identity = new StepIdentity(null, launcher);
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
  private static @Nullable StepIdentity another(Job job, Path dataFolder) throws IOException {
    var user = OtherUser.next();
    var identity = new StepIdentity(user, ProcessLauncher.own());
    try {
      var plain = identity.launcher.run(() -> shown(job, dataFolder, user));
      if (plain.stream().noneMatch(job.writes()::contains)) {
        if (!job.startsInTarget()) user.own(job.work());
        return identity;
      }
      LOG.warn("no ids can be mapped on {}: the operation runs as the user of this node", plain);
      identity.close();
      return null;
    } catch (IOException | RuntimeException e) {
      identity.close();
      throw e;
    }
  }

  private static List<Path> shown(Job job, Path dataFolder, OtherUser user) {
    var paths = new LinkedHashSet<>(List.of(job.targetContent(), job.inputs(), job.script()));
    paths.addAll(job.reads());
    paths.addAll(job.writes());
    if (job.startsInTarget()) paths.add(job.work());
    try {
      return OwnedViews.show(paths, dataFolder.toRealPath(), user.id(), ProcessLauncher::start);
    } catch (IOException e) {
      LOG.debug("nothing can be shown as another user's: {}", e.toString());
      return List.copyOf(paths);
    }
  }

  List<String> as(List<String> command) {
    return user == null ? command : user.command(command);
  }

  /// The whole start, with an output that the step may open by its name, too.
  List<String> printing(List<String> command) {
    return user == null ? command : user.printing(command);
  }

  @Override
  public void close() {
    if (user != null) user.close();
    launcher.close();
  }
}
