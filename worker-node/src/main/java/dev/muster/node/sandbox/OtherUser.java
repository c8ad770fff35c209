package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A user of the host that nobody else is, for one step. The kernel counts processes by user, so
/// two steps at a time should not share one; two nodes of one machine hardly ever do.
///
/// @param id of the user and its group
record OtherUser(int id) implements AutoCloseable {
  private static final int FIRST = 64_100;
  private static final int COUNT = 1_000;

  /// Several nodes of one machine begin apart.
  private static final int BEGIN = Math.floorMod(ProcessHandle.current().pid() * 61, COUNT);

  private static final BitSet TAKEN = new BitSet();

  /// The first that no other step is, so that few are ever needed.
  static OtherUser next() {
    synchronized (TAKEN) {
      var free = TAKEN.nextClearBit(0);
      TAKEN.set(free);
      return new OtherUser(FIRST + Math.floorMod(BEGIN + free, COUNT));
    }
  }

  /// The lines of passwd(5) for all of them: to itself each is the same.
  static String accounts() {
    return IntStream.range(FIRST, FIRST + COUNT)
        .mapToObj("muster:x:%1$d:%1$d:muster:/tmp:/bin/bash\n"::formatted)
        .collect(Collectors.joining());
  }

  /// The step has ended.
  @Override
  public void close() {
    synchronized (TAKEN) {
      TAKEN.clear(Math.floorMod(id - FIRST - BEGIN, COUNT));
    }
  }

  /// Whether this JVM may become somebody else.
  static boolean possible() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  /// The command as this user, with no way back.
  List<String> command(List<String> command) {
    var user = Integer.toString(id);
    var line =
        new ArrayList<>(List.of("setpriv", "--reuid", user, "--regid", user, "--clear-groups"));
    line.addAll(List.of("--bounding-set", "-all", "--inh-caps", "-all", "--no-new-privs"));
    line.addAll(command);
    return line;
  }

  /// Gives this user what a link of `/proc` leads to.
  void ownOpen(Path link) throws IOException {
    Files.setAttribute(link, "unix:uid", id);
    Files.setAttribute(link, "unix:gid", id);
  }

  /// Gives a workspace to this user. Links themselves change hands, not what they lead to.
  void own(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            return change(path);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            return change(path);
          }

          // What has vanished, or lies too deep to be named, is nobody's to change.
          @Override
          public FileVisitResult visitFileFailed(Path path, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private FileVisitResult change(Path path) throws IOException {
    if (!Integer.valueOf(id).equals(attribute(path, "unix:uid"))) set(path, "unix:uid");
    if (!Integer.valueOf(id).equals(attribute(path, "unix:gid"))) set(path, "unix:gid");
    return FileVisitResult.CONTINUE;
  }

  private static Object attribute(Path path, String name) throws IOException {
    return Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
  }

  private void set(Path path, String name) throws IOException {
    Files.setAttribute(path, name, id, LinkOption.NOFOLLOW_LINKS);
  }
}
