package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Notes on disk of what runs without a pid namespace, so that the next start can end what a killed
/// JVM left behind: `processes/<pid>` with its start time and whose attempt it is.
final class ProcessRecords {
  private final Path folder;

  ProcessRecords(Path dataFolder) throws IOException {
    this.folder = Files.createDirectories(dataFolder.resolve("processes"));
  }

  /// Best effort: a process without its note still ends with its step.
  void add(long pid, Job.Names names) {
    var stat = ProcStat.read(pid);
    var note =
        List.of(
            Long.toString(stat == null ? 0 : stat.startTicks()),
            names.run(),
            names.worker(),
            Integer.toString(names.attempt()));
    try {
      Files.write(folder.resolve(Long.toString(pid)), note);
    } catch (IOException _) {
      // See above.
    }
  }

  void remove(long pid) {
    try {
      Files.deleteIfExists(folder.resolve(Long.toString(pid)));
    } catch (IOException _) {
      // The next start finds nobody under this note and removes it.
    }
  }

  /// Kills what earlier JVMs with this data folder left running. Nothing may run here yet.
  ///
  /// @return how many notes there were
  int reap() throws IOException {
    var reaped = 0;
    try (var notes = Files.newDirectoryStream(folder, "[0-9]*")) {
      for (var note : notes) {
        reap(Long.parseLong(note.getFileName().toString()), Files.readAllLines(note));
        Files.deleteIfExists(note);
        reaped++;
      }
    }
    return reaped;
  }

  private static void reap(long pid, List<String> note) {
    if (note.size() != 4 || !note.getFirst().matches("\\d+") || !note.get(3).matches("\\d+"))
      return;
    var names = new Job.Names(note.get(1), note.get(2), Integer.parseInt(note.get(3)));
    var leader = ProcStat.read(pid);
    // When somebody else has got the pid, its session may be somebody else's too.
    var reused = leader != null && leader.startTicks() != Long.parseLong(note.getFirst());
    Strays.kill(reused ? 0 : pid, names);
  }
}
