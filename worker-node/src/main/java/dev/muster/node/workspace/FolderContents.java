package dev.muster.node.workspace;

import dev.muster.protocol.worker.StoredContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What lies in the folder of [FolderArtifacts]. Whose it is stands in its folder `databases`:
/// another database may name what this one does not know. What lay there before the database had
/// its name in it may belong to one that has none yet, and stays.
///
/// @param database a name that no other has; asked for once its tables are there
public record FolderContents(Path folder, Supplier<String> database) implements StoredContents {
  private static final String OWNERS = "databases";
  private static final String LEAVING = ".leaving";
  private static final Duration RENEWED = Duration.ofHours(1);

  /// Before the first content is put.
  public void claim() throws IOException {
    var owner = Files.createDirectories(folder.resolve(OWNERS)).resolve(database.get());
    if (!Files.exists(owner)) Files.writeString(owner, "");
  }

  /// Whether it is there; from then on it is as young as one that was put now, give or take the
  /// hour for which its time is left alone. Its time is set by an open file, which [#remove] may
  /// have deleted meanwhile: only what still has its name afterwards stays.
  static boolean renew(Path content, Instant now) throws IOException {
    try {
      var putAt = Files.getLastModifiedTime(content).toInstant();
      if (putAt.isBefore(now.minus(RENEWED))) {
        Files.setLastModifiedTime(content, FileTime.from(now));
      }
      return Files.exists(content);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  @Override
  public @Nullable String untouchable() throws IOException {
    var owners = names(folder.resolve(OWNERS));
    if (owners.equals(List.of(database.get()))) return null;
    return "expected one database to use %s, found %d: nothing is removed, since each may name what the others do not (%s has a file for each)"
        .formatted(folder, owners.size(), folder.resolve(OWNERS));
  }

  @Override
  public void tidy(Instant before) throws IOException {
    for (var name : names(folder)) {
      var path = folder.resolve(name);
      if (name.startsWith(FolderArtifacts.UNFINISHED) && isPutBefore(path, before)) {
        Files.deleteIfExists(path);
      }
    }
    for (var shelf = 0; shelf < SHELVES; shelf++) {
      for (var name : names(shelfFolder(shelf))) {
        if (name.endsWith(LEAVING)) stay(shelfFolder(shelf).resolve(name));
      }
    }
  }

  @Override
  public List<Stored> shelf(int number) throws IOException {
    var since =
        Files.getLastModifiedTime(folder.resolve(OWNERS).resolve(database.get())).toInstant();
    var contents = new ArrayList<Stored>();
    for (var name : names(shelfFolder(number))) {
      if (name.endsWith(LEAVING)) continue;
      try {
        var putAt = Files.getLastModifiedTime(shelfFolder(number).resolve(name)).toInstant();
        if (!putAt.isBefore(since)) contents.add(new Stored(name, putAt));
      } catch (NoSuchFileException _) {
        // Another node has removed it.
      }
    }
    return contents;
  }

  /// It gets another name first: whoever puts it again meanwhile either found it before, and it
  /// gets its name back, or does not find it, and puts it anew.
  @Override
  public long remove(String sha256, Instant putBefore) throws IOException {
    var content = FolderArtifacts.file(folder, sha256);
    var leaving = content.resolveSibling(sha256 + LEAVING);
    try {
      if (!isPutBefore(content, putBefore)) return -1;
      Files.move(content, leaving, StandardCopyOption.ATOMIC_MOVE);
      if (!isPutBefore(leaving, putBefore)) {
        stay(leaving);
        return -1;
      }
      var bytes = Files.size(leaving);
      Files.delete(leaving);
      return bytes;
    } catch (NoSuchFileException _) {
      return -1;
    }
  }

  private static void stay(Path leaving) throws IOException {
    var name = leaving.getFileName().toString();
    var content = leaving.resolveSibling(name.substring(0, name.length() - LEAVING.length()));
    Files.move(leaving, content, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isPutBefore(Path path, Instant before) throws IOException {
    return Files.getLastModifiedTime(path).toInstant().isBefore(before);
  }

  private Path shelfFolder(int number) {
    return folder.resolve("%02x".formatted(number));
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }
}
