package dev.muster.node.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Shows files of one owner as those of another user, to the calling thread and what it starts: by
/// mounts with mapped ids (mount_setattr(2), MOUNT_ATTR_IDMAP) in a mount namespace of its own.
/// What that user makes there belongs to the owner on the disk.
///
/// Needs root, Linux 5.12, and a file system that takes part.
public final class OwnedViews {
  private static final int CLONE_NEWNS = 0x20000;
  private static final int MS_REC = 0x4000;
  private static final int MS_PRIVATE = 1 << 18;
  private static final int AT_HERE = -100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_RECURSIVE = 0x8000;
  private static final int OPEN_TREE_CLONE = 1;
  private static final int OPEN_TREE_CLOEXEC = 0x80000;
  private static final long MOUNT_ATTR_IDMAP = 0x100000;
  private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;

  private final Kernel kernel;
  private final Arena arena;
  private final int user;
  private final Starter starter;
  private final List<Tree> trees = new ArrayList<>();

  /// A part of the file system that is not mounted yet.
  private record Tree(Path path, long file) {}

  private OwnedViews(Kernel kernel, Arena arena, int user, Starter starter) {
    this.kernel = kernel;
    this.arena = arena;
    this.user = user;
    this.starter = starter;
  }

  /// Shows each path, at its own place, as if the user owned what its owner owns.
  ///
  /// @param asItIs stays so where one of the paths holds it
  /// @param starter for a process that ends at once
  /// @return those that could not be shown so, and are as they were
  /// @throws IOException when the thread cannot have mounts of its own
  public static List<Path> show(Collection<Path> paths, Path asItIs, int user, Starter starter)
      throws IOException {
    try (var arena = Arena.ofConfined()) {
      var views = new OwnedViews(Kernel.open(), arena, user, starter);
      views.leaveOthers();
      try {
        return views.show(paths, asItIs);
      } finally {
        for (var tree : views.trees) views.kernel.call(SystemCall.CLOSE, tree.file());
      }
    }
  }

  private void leaveOthers() throws IOException {
    kernel.call(SystemCall.UNSHARE, CLONE_NEWNS);
    kernel.call(SystemCall.MOUNT, 0, Kernel.text(arena, "/"), 0, MS_REC | MS_PRIVATE, 0);
  }

  /// All are made before the first is mounted, since a view of a view cannot be made; and mounted
  /// from the outside in.
  private List<Path> show(Collection<Path> paths, Path asItIs) throws IOException {
    var plain = new ArrayList<Path>();
    for (var path : paths) if (!makeView(path)) plain.add(path);
    if (trees.stream().anyMatch(tree -> asItIs.startsWith(tree.path()))) {
      trees.add(new Tree(asItIs, open(asItIs)));
    }
    trees.sort(Comparator.comparingInt(tree -> tree.path().getNameCount()));
    for (var tree : trees) attach(tree);
    return List.copyOf(plain);
  }

  private boolean makeView(Path path) {
    try {
      var tree = new Tree(path, open(path));
      trees.add(tree);
      try {
        map(tree);
        return true;
      } catch (IOException | IllegalArgumentException e) {
        trees.remove(tree);
        kernel.call(SystemCall.CLOSE, tree.file());
        return false;
      }
    } catch (IOException _) {
      return false; // the caller is told
    }
  }

  private long open(Path path) throws IOException {
    var flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE;
    return kernel.call(SystemCall.OPEN_TREE, AT_HERE, name(path), flags);
  }

  private void map(Tree tree) throws IOException {
    // struct mount_attr: set, clear, propagation, user namespace.
    var attributes = arena.allocate(ValueLayout.JAVA_LONG, 4);
    attributes.setAtIndex(ValueLayout.JAVA_LONG, 0, MOUNT_ATTR_IDMAP);
    var map = new IdMap(id(tree.path(), "unix:uid"), id(tree.path(), "unix:gid"), user);
    UserNamespaces.with(
        map,
        starter,
        namespace -> {
          attributes.setAtIndex(ValueLayout.JAVA_LONG, 3, namespace);
          kernel.call(
              SystemCall.MOUNT_SETATTR,
              tree.file(),
              Kernel.text(arena, ""),
              AT_EMPTY_PATH | AT_RECURSIVE,
              attributes.address(),
              attributes.byteSize());
        });
  }

  private static int id(Path path, String attribute) throws IOException {
    return (int) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
  }

  private void attach(Tree tree) throws IOException {
    kernel.call(
        SystemCall.MOVE_MOUNT,
        tree.file(),
        Kernel.text(arena, ""),
        AT_HERE,
        name(tree.path()),
        MOVE_MOUNT_F_EMPTY_PATH);
  }

  private long name(Path path) {
    return Kernel.text(arena, path.toString());
  }
}
