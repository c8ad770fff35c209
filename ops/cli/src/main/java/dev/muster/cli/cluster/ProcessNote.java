package dev.muster.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.muster.cli.client.Json;
import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.node.sandbox.ProcStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// `<node data>/process.json`: which process we started for a node. Pids are used again, so it is
/// known by its pid, when it began, and since which boot; the beginning is counted in ticks after
/// the boot, for clocks are set. The node's ports stand here, too, should `cluster.json` get lost.
record ProcessNote(long pid, long startTicks, String boot, int port, int clusterPort) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private static Path path(Path nodeData) {
    return nodeData.resolve("process.json");
  }

  /// @throws IOException when there is no such process any more
  static ProcessNote of(long pid, Member node) throws IOException {
    var stat = ProcStat.read(pid);
    if (stat == null) throw new IOException("process " + pid + " has ended already");
    return new ProcessNote(pid, stat.startTicks(), thisBoot(), node.port(), node.clusterPort());
  }

  private static String thisBoot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException _) {
      return "";
    }
  }

  /// Null when there is none that can be read.
  static @Nullable ProcessNote read(Path nodeData) {
    try {
      return Json.MAPPER.readValue(Files.readString(path(nodeData)), ProcessNote.class);
    } catch (JsonProcessingException _) {
      return null;
    } catch (IOException _) {
      return null;
    }
  }

  /// The note, if its process lives.
  static @Nullable ProcessNote living(Path nodeData) {
    var note = read(nodeData);
    return note != null && note.alive() ? note : null;
  }

  void write(Path nodeData) throws IOException {
    var part = nodeData.resolve("process.json.part");
    Files.writeString(part, Json.MAPPER.writeValueAsString(this));
    Files.move(
        part, path(nodeData), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  boolean alive() {
    return stat() != null;
  }

  /// Somebody has stopped it by a signal; it neither answers nor ends when asked to.
  boolean suspended() {
    var stat = stat();
    return stat != null && stat.state().equals("T");
  }

  private @Nullable ProcStat stat() {
    var stat = ProcStat.read(pid);
    return stat != null
            && stat.alive()
            && stat.startTicks() == startTicks
            && thisBoot().equals(boot)
        ? stat
        : null;
  }

  /// SIGKILL to this process and no other.
  void kill() {
    if (alive()) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /// SIGTERM.
  void terminate() {
    if (alive()) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }
}
