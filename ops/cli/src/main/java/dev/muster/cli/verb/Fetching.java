package dev.muster.cli.verb;

import dev.muster.client.Api;
import dev.muster.client.Unzip;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Results come from a node that shares no disk with this machine: into a folder of their own,
/// whole or not at all.
record Fetching(Api api) {
  /// @param path of the folder or of the archive
  /// @param files that were unpacked; 0 for an archive
  record Fetched(Path path, int files) {}

  /// @param worker null for the whole run
  /// @param to a folder, or where the archive goes when it ends in `.zip`
  Fetched fetch(String run, @Nullable String worker, Path to) {
    var isArchive = to.toString().endsWith(".zip");
    var name = worker == null ? run : run + "-" + worker;
    var place = isArchive ? to : to.resolve(name);
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(
          Exit.CONFLICT,
          "expected a free place, but " + place + " is there already",
          "move it away, or name another with --to DIR or --to FILE.zip");
    }
    try {
      var parent = place.toAbsolutePath().getParent();
      if (parent != null) Files.createDirectories(parent);
      if (!isArchive) return unpacked(run, worker, place);
      api.files().archive(run, worker, place);
      return new Fetched(place, 0);
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED, "cannot unpack what the node sent: " + e.getMessage(), null, e);
    }
  }

  private Fetched unpacked(String run, @Nullable String worker, Path place) throws IOException {
    var part = Files.createTempDirectory(place.toAbsolutePath().getParent(), ".muster-");
    try {
      var archive = part.resolve("archive.zip");
      api.files().archive(run, worker, archive);
      var files = Unzip.into(archive, part.resolve("content"));
      var inside = part.resolve("content").resolve(String.valueOf(place.getFileName()));
      if (!Files.isDirectory(inside, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("expected a folder " + place.getFileName() + " in it, found none");
      }
      Files.move(inside, place);
      return new Fetched(place, files);
    } finally {
      delete(part);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var it : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(it);
      }
    }
  }
}
