package dev.muster.orchestrator.usecase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// The results folder of a run, with its deliverables, as one file. Links are left out: they would
/// lead elsewhere on whatever machine it is unpacked.
public final class RunArchive {
  private static final int FILES_MAX = 50_000;
  private static final long BYTES_MAX = 1L << 30;

  private RunArchive() {}

  /// @param folder where the results were written; null when they were not
  /// @return a file of its own, to be deleted by whoever has read it
  public static Path of(String run, @Nullable String folder) {
    var results = folder == null ? null : Path.of(folder);
    if (results == null || !Files.isDirectory(results, LinkOption.NOFOLLOW_LINKS)) {
      throw Refusal.conflict(
          "no-results",
          "expected results on this node, but those of %s are not here: POST /api/v1/runs/%s/results writes them"
              .formatted(run, run));
    }
    return packed(run, results);
  }

  /// What one worker has delivered.
  ///
  /// @param name of the folder in it
  /// @param writing puts it below a folder, in one of its own
  /// @return a file of its own, to be deleted by whoever has read it
  public static Path of(String name, UnaryOperator<Path> writing) {
    try {
      var folder = Files.createTempDirectory("muster-");
      try {
        return packed(name, writing.apply(folder));
      } finally {
        try (var all = Files.walk(folder)) {
          for (var it : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(it);
        }
      }
    } catch (IOException e) {
      throw Refusal.unavailable("no-archive", "the results could not be packed: " + Why.of(e));
    }
  }

  private static Path packed(String name, Path results) {
    try {
      var archive = Files.createTempFile("muster-", ".zip");
      try {
        pack(name, results, archive);
        return archive;
      } catch (IOException | Refusal e) {
        Files.deleteIfExists(archive);
        throw e;
      }
    } catch (IOException e) {
      throw Refusal.unavailable("no-archive", "the results could not be packed: " + Why.of(e));
    }
  }

  private static void pack(String run, Path results, Path archive) throws IOException {
    var bytes = 0L;
    try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (var file : files(results)) {
        bytes += Files.size(file);
        if (bytes > BYTES_MAX) throw tooLarge(results);
        zip.putNextEntry(new ZipEntry(run + "/" + results.relativize(file)));
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
          in.transferTo(zip);
        }
        zip.closeEntry();
      }
    }
  }

  /// As many as may be, and no more in memory.
  private static List<Path> files(Path results) throws IOException {
    try (var all = Files.walk(results)) {
      var files =
          all.filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
              .limit(FILES_MAX + 1)
              .sorted()
              .toList();
      if (files.size() > FILES_MAX) throw tooLarge(results);
      return files;
    }
  }

  private static Refusal tooLarge(Path results) {
    return Refusal.unusable(
        "too-large",
        "expected results of at most %d files and 1 GiB: copy them from %s"
            .formatted(FILES_MAX, results));
  }
}
