package dev.muster.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs of the build's dependencies, unpacked once for all rigs of this process.
final class PostgresFiles {
  private static final int PATIENCE_SECONDS = 60;
  private static @Nullable Path unpacked;

  private PostgresFiles() {}

  /// The folder with `bin`, `lib` and `share`.
  static synchronized Path folder() {
    if (unpacked != null) return unpacked;
    try {
      var folder = Files.createTempDirectory("muster-postgres");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      unpack(folder);
      unpacked = folder;
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void unpack(Path folder) throws IOException, InterruptedException {
    var arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    var name = "/postgres-linux-" + arch + ".txz";
    try (var packed = PostgresFiles.class.getResourceAsStream(name)) {
      if (packed == null) throw new IOException("expected " + name + " on the class path");
      var tar =
          new ProcessBuilder("tar", "-x", "-C", folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (var in = tar.getOutputStream();
          var files = new XZInputStream(packed)) {
        files.transferTo(in);
      }
      if (!tar.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || tar.exitValue() != 0) {
        throw new IOException("tar could not unpack " + name);
      }
    }
  }

  private static void delete(Path folder) {
    Commands.works("rm", "-rf", folder.toString());
  }
}
