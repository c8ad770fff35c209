package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What lies in a folder that a step may read, and must be masked there all the same: sockets and
/// pipes, through which somebody could be commanded although the folder is read-only, the data
/// folders of nodes, and their settings.
///
/// A look is used again as long as it is younger than twenty times what it cost, so that looking
/// takes one part in twenty of the time at most.
///
/// @param found in the folder, outermost first
/// @param complete whether everything was looked at
public record TargetScan(List<Path> found, boolean complete) {
  private static final Logger LOG = LoggerFactory.getLogger(TargetScan.class);
  private static final int ENTRIES_MAX = 200_000;
  private static final int FOUND_MAX = 500;
  private static final int AGE_SHARE = 20;
  private static final int KEPT_MAX = 64;
  private static final String TOKEN = "operator.token";
  private static final String SETTINGS = "muster.conf";
  private static final Map<Path, Kept> KEPT = new LinkedHashMap<>();

  private record Kept(TargetScan scan, long untilNanos) {}

  public static TargetScan of(Path folder) throws IOException {
    synchronized (KEPT) {
      var kept = KEPT.get(folder);
      if (kept != null && System.nanoTime() - kept.untilNanos() < 0) return kept.scan().still();
    }
    var before = System.nanoTime();
    var scan = look(folder);
    var after = System.nanoTime();
    synchronized (KEPT) {
      if (KEPT.size() >= KEPT_MAX) KEPT.remove(KEPT.keySet().iterator().next());
      KEPT.put(folder, new Kept(scan, after + AGE_SHARE * (after - before)));
    }
    return scan;
  }

  /// What has gone since cannot be masked.
  private TargetScan still() {
    var there =
        found.stream().filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS)).toList();
    return new TargetScan(there, complete);
  }

  /// @throws IOException when there is more to mask than anybody would want
  static TargetScan look(Path folder) throws IOException {
    var look = new Look();
    if (Files.isDirectory(folder)) Files.walkFileTree(folder, look);
    if (look.found.size() > FOUND_MAX) {
      throw new IOException(
          "expected at most %d sockets, pipes and data folders in %s, found more"
              .formatted(FOUND_MAX, folder));
    }
    var complete = look.entries <= ENTRIES_MAX;
    if (!complete) {
      LOG.warn(
          "{} holds more than {} files: sockets and pipes behind them are not masked",
          folder,
          ENTRIES_MAX);
    }
    return new TargetScan(List.copyOf(look.found), complete);
  }

  private static final class Look extends SimpleFileVisitor<Path> {
    private final List<Path> found = new ArrayList<>();
    private int entries;

    private FileVisitResult next() {
      return ++entries > ENTRIES_MAX || found.size() > FOUND_MAX
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!Files.exists(folder.resolve(TOKEN), LinkOption.NOFOLLOW_LINKS)) return next();
      found.add(folder);
      var _ = next();
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isOther() || isSettings(file, attributes)) found.add(file);
      return next();
    }

    private static boolean isSettings(Path file, BasicFileAttributes attributes) {
      return attributes.isRegularFile() && file.endsWith(SETTINGS);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return next();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
