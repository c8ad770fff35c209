package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Notes on disk of what runs without a pid namespace, so that the next start can end what a killed
/// JVM left behind: one file in `processes` for each, with whose attempt it is, written before the
/// process starts, and then its pid and start time.
final class ProcessRecords {
  private final Path folder;
  private final AtomicLong count = new AtomicLong();

  ProcessRecords(Path dataFolder) throws IOException {
    this.folder = Files.createDirectories(folder(dataFolder));
  }

  static Path folder(Path dataFolder) {
    return dataFolder.resolve("processes");
  }

  /// A note of something that is about to start.
  Path add(Job.Names names) throws IOException {
    var own = ProcessHandle.current().pid();
    var note = folder.resolve("step-" + own + "-" + count.incrementAndGet());
    return Files.write(
        note, List.of(names.run(), names.worker(), Integer.toString(names.attempt())));
  }

  /// Best effort: the names in the note find the process as well.
  static void started(Path note, long pid) {
    var stat = ProcStat.read(pid);
    if (stat == null) return;
    try {
      var line = List.of(pid + " " + stat.startTicks());
      Files.write(note, line, StandardOpenOption.APPEND);
    } catch (IOException _) {
      // See above.
    }
  }

  static void remove(Path note) {
    try {
      Files.deleteIfExists(note);
    } catch (IOException _) {
      // The next start finds nobody under this note and removes it.
    }
  }

  /// Kills what earlier JVMs with this data folder left running. Nothing may run here yet.
  void reap() throws IOException {
    try (var notes = Files.newDirectoryStream(folder, "step-*")) {
      for (var note : notes) {
        reap(Files.readAllLines(note));
        remove(note);
      }
    }
  }

  private static void reap(List<String> note) {
    if (note.size() < 3 || !note.get(2).matches("[0-9]{1,9}")) return;
    var names = new Job.Names(note.get(0), note.get(1), Integer.parseInt(note.get(2)));
    var session = note.size() == 4 ? session(note.get(3)) : 0;
    Strays.kill(session, names);
  }

  /// When somebody else has got the pid, its session may be somebody else's too: 0 then.
  private static long session(String line) {
    if (!line.matches("[0-9]{1,10} [0-9]{1,18}")) return 0;
    var parts = line.split(" ", 2);
    var pid = Long.parseLong(parts[0]);
    var leader = ProcStat.read(pid);
    var reused = leader != null && leader.startTicks() != Long.parseLong(parts[1]);
    return reused ? 0 : pid;
  }
}
