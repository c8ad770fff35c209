package dev.muster.host.trust;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which data folders may be used: those that this user owns alone, on a way that nobody else can
/// exchange, and that were made here. What lies in one is believed, the operator token and where a
/// node is found among it.
public final class DataFolders {
  private static final int OTHERS_WRITE = 0022;
  private static final int OTHERS = 0077;

  private final StateFolder state;
  private final boolean volume;

  /// @param volume a container has mounted it for this user alone, and remembers nothing else from
  ///   one start to the next: its owner may be root, and it needs no mark
  public DataFolders(StateFolder state, boolean volume) {
    this.state = state;
    this.volume = volume;
  }

  /// What was found.
  public sealed interface Standing {
    /// Nothing is there, or nothing in it.
    record Empty() implements Standing {}

    /// @param open others may look inside, which is mended when it is used
    record Ours(boolean open) implements Standing {}

    /// @param words the rest of a sentence that begins with the folder's path
    /// @param adoptable the user may say that it is theirs
    record Foreign(String words, boolean adoptable) implements Standing {}
  }

  /// Changes nothing.
  ///
  /// @param data absolute
  public Standing look(Path data) throws IOException {
    var me = Owner.ofProcess();
    var way = volume ? null : new SafePath(me).problemOfWay(data);
    if (way != null) return new Standing.Foreign("is not safe from others: " + way, false);
    if (!Files.exists(data, LinkOption.NOFOLLOW_LINKS)) return new Standing.Empty();
    if (!Files.isDirectory(data)) return new Standing.Foreign("is no folder", false);
    var real = data.toRealPath();
    if (Owner.uid(real) != me.uid() && !(volume && me.believes(Owner.uid(real)))) {
      return new Standing.Foreign("belongs to " + SafePath.name(real), false);
    }
    if (isEmpty(real)) return new Standing.Empty();
    if (volume) return new Standing.Ours(isOpen(real, OTHERS) && Owner.uid(real) == me.uid());
    if (!isKnown(real, me)) {
      return new Standing.Foreign(
          "was not made here by this user: it may have come with a repository", true);
    }
    if (isOpen(real, OTHERS_WRITE)) {
      return new Standing.Foreign(
          "could be written by others, who may have changed what is in it", true);
    }
    if (new DataMarks(state, me).isOlder(real)) {
      return new Standing.Foreign(
          "is an older copy of what was last used here: what is approved in it may have been"
              + " carried out since, and what was revoked since counts again",
          true);
    }
    return new Standing.Ours(isOpen(real, OTHERS));
  }

  /// Makes it, closes it to others and marks it, as far as that is yet to be done.
  ///
  /// @throws IOException in words when it then still is not this user's own
  public void claim(Path data) throws IOException {
    Files.createDirectories(
        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var me = Owner.ofProcess();
    var real = data.toRealPath();
    if (Owner.uid(real) == me.uid()) close(real);
    if (volume || isKnown(real, me)) return;
    // Looked at again now that nobody else can put anything there.
    if (!isEmpty(real)) throw new IOException(data + " was filled by somebody else just now");
    new DataMarks(state, me).mark(real);
  }

  /// It is used from now on by whoever has locked it.
  public void begin(Path data) throws IOException {
    if (!volume) new DataMarks(state, Owner.ofProcess()).use(data.toRealPath());
  }

  /// The user says that it is theirs, and what is in it too.
  ///
  /// @throws IOException in words when it cannot be
  public void adopt(Path data) throws IOException {
    var me = Owner.ofProcess();
    var real = data.toRealPath();
    close(real);
    var strange = strange(real, me);
    if (!strange.isEmpty()) {
      throw new IOException(
          "expected plain files of this user in it, found " + String.join(", ", strange));
    }
    var marks = new DataMarks(state, me);
    if (!isKnown(real, me)) marks.mark(real);
    marks.forgetUses(real);
  }

  /// What was remembered of a folder that is no longer there.
  public void forget(Path real) throws IOException {
    new DataMarks(state, Owner.ofProcess()).forget(real);
  }

  /// Whether it is a place in the user's state folder, which needs no mark.
  public boolean isInState(Path real) {
    var parent = real.getParent();
    return parent != null
        && parent.equals(StateFolder.real(state.path()))
        && state.problem() == null;
  }

  private boolean isKnown(Path real, Owner me) {
    return isInState(real)
        || (state.problem() == null && new DataMarks(state, me).knows(real))
        || isNodeOfCluster(real, me);
  }

  /// `<data>/nodes/worker-1`: part of a folder that was made here.
  private boolean isNodeOfCluster(Path real, Owner me) {
    var nodes = real.getParent();
    var data = nodes == null || !nodes.endsWith("nodes") ? null : nodes.getParent();
    return data != null && Files.isRegularFile(data.resolve("cluster.json")) && isKnown(data, me);
  }

  private static void close(Path real) throws IOException {
    if (!isOpen(real, OTHERS)) return;
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
    if (isOpen(real, OTHERS)) {
      throw new IOException("the file system of " + real + " cannot close it to other users");
    }
  }

  private static boolean isOpen(Path real, int bits) throws IOException {
    return ((Integer) Files.getAttribute(real, "unix:mode") & bits) != 0;
  }

  private static boolean isEmpty(Path real) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
      for (var entry : entries) {
        if (!entry.getFileName().toString().startsWith(DataMarks.NAME)) return false;
      }
      return true;
    }
  }

  /// A link would lead what is written there elsewhere.
  private static List<String> strange(Path real, Owner me) throws IOException {
    var found = new ArrayList<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
      for (var entry : entries) {
        var problem = strangeness(entry, me);
        if (problem != null) found.add(entry.getFileName() + ", " + problem);
      }
    }
    return found;
  }

  private static @Nullable String strangeness(Path entry, Owner me) throws IOException {
    if (Files.isSymbolicLink(entry)) return "a link to " + Files.readSymbolicLink(entry);
    if (Owner.uid(entry, LinkOption.NOFOLLOW_LINKS) == me.uid()) return null;
    return "which belongs to " + SafePath.name(entry, LinkOption.NOFOLLOW_LINKS);
  }
}
