package dev.muster.node.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// User namespaces that nobody lives in: the form in which the kernel takes a map of ids. Each is
/// made once, by a process that ends at once, and kept by an open file.
final class UserNamespaces {
  private static final int KEPT_MAX = 128;
  private static final int O_CLOEXEC = 0x80000;
  private static final int AT_HERE = -100;
  private static final Map<IdMap, Long> KEPT = new LinkedHashMap<>();

  interface Use {
    void of(long namespace) throws IOException;
  }

  /// One at a time, so that none is given back while somebody uses it.
  static void with(IdMap map, Starter starter, Use use) throws IOException {
    synchronized (KEPT) {
      var kept = KEPT.get(map);
      if (kept == null) {
        if (KEPT.size() >= KEPT_MAX) giveBackOldest();
        kept = make(map, starter);
        KEPT.put(map, kept);
      }
      use.of(kept);
    }
  }

  private static void giveBackOldest() throws IOException {
    var oldest = KEPT.entrySet().iterator().next();
    KEPT.remove(oldest.getKey());
    Kernel.open().call(SystemCall.CLOSE, oldest.getValue());
  }

  /// Nothing is ever executed there: it waits for its end from the first moment.
  private static long make(IdMap map, Starter starter) throws IOException {
    var builder = new ProcessBuilder("unshare", "--user", "sh", "-c", "echo here; read -r _");
    var process = starter.start(builder);
    try {
      var said = new byte[4];
      var _ = process.getInputStream().readNBytes(said, 0, said.length);
      if (!new String(said, StandardCharsets.UTF_8).equals("here")) {
        throw new IOException("no user namespace can be made");
      }
      var folder = Path.of("/proc", Long.toString(process.pid()));
      write(folder.resolve("uid_map"), map.users(), map.userOnly());
      write(folder.resolve("gid_map"), map.groups(), map.groupOnly());
      try (var arena = Arena.ofConfined()) {
        var name = Kernel.text(arena, folder.resolve("ns/user").toString());
        return Kernel.open().call(SystemCall.OPENAT, AT_HERE, name, O_CLOEXEC, 0);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static void write(Path file, String first, String second) throws IOException {
    try {
      Files.writeString(file, first);
    } catch (IOException _) {
      Files.writeString(file, second);
    }
  }

  private UserNamespaces() {}
}
