package dev.muster.node.workspace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders reached from `/` name by name, each opened below the one before and never through a link
/// (openat(2) with `O_NOFOLLOW`), so that nobody who exchanges a name meanwhile leads us elsewhere.
/// Java's own calls cannot make a folder that way.
public final class RealFolder {
  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
  private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
  private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
  private static final int O_PATH = 0x200000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int FLAGS = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  private static final int ENOENT = 2;
  private static final int EEXIST = 17;
  private static final int MODE = 0755;
  private static final int IN_FRONT = -100; // AT_FDCWD; every first name is absolute

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker.Option ERRORS = Linker.Option.captureCallState("errno");
  private static final MethodHandle OPENAT =
      handle(
          "openat",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT),
          ERRORS,
          Linker.Option.firstVariadicArg(3));
  private static final MethodHandle MKDIRAT =
      handle(
          "mkdirat",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT),
          ERRORS);
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  /// Makes the folder and those above it, where they are missing.
  ///
  /// @param folder absolute and normalized
  /// @return device and inode, as `stat -c %d:%i` prints them
  /// @throws IOException also when a link or something else stands in the way
  public static String make(Path folder) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var open = openat(arena, IN_FRONT, Path.of("/"), folder);
      for (var name : folder) {
        try {
          var next = openOrMake(arena, open, name, folder);
          close(open);
          open = next;
        } catch (IOException e) {
          close(open);
          throw e;
        }
      }
      try {
        return key(Path.of("/proc/self/fd", Integer.toString(open)));
      } finally {
        close(open);
      }
    }
  }

  /// Device and inode of what a path leads to.
  static String key(Path path) throws IOException {
    var all = Files.readAttributes(path, "unix:dev,ino");
    return all.get("dev") + ":" + all.get("ino");
  }

  private static int openOrMake(Arena arena, int in, Path name, Path folder) throws IOException {
    var errors = arena.allocate(STATE);
    var text = arena.allocateFrom(name.toString());
    var open = call(OPENAT, errors, in, text, FLAGS);
    if (open >= 0) return open;
    if ((int) ERRNO.get(errors, 0L) != ENOENT) throw refused(name, folder, errors);
    if (call(MKDIRAT, errors, in, text, MODE) < 0 && (int) ERRNO.get(errors, 0L) != EEXIST) {
      throw refused(name, folder, errors);
    }
    return openat(arena, in, name, folder);
  }

  private static int openat(Arena arena, int in, Path name, Path folder) throws IOException {
    var errors = arena.allocate(STATE);
    var open = call(OPENAT, errors, in, arena.allocateFrom(name.toString()), FLAGS);
    if (open < 0) throw refused(name, folder, errors);
    return open;
  }

  private static IOException refused(Path name, Path folder, MemorySegment errors) {
    return new IOException(
        "no permit can make %s writable: `%s` is a link, no folder, or closed to this user (errno %d)"
            .formatted(folder, name, (int) ERRNO.get(errors, 0L)));
  }

  private static int call(
      MethodHandle function, MemorySegment errors, int in, MemorySegment text, int last)
      throws IOException {
    try {
      return (int) function.invokeExact(errors, in, text, last);
    } catch (Throwable e) {
      throw new IOException("the system could not be asked for a folder: " + e, e);
    }
  }

  private static void close(int descriptor) throws IOException {
    try {
      var _ = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw new IOException("a folder could not be closed: " + e, e);
    }
  }

  @SuppressWarnings("restricted") // the launcher allows native access
  private static MethodHandle handle(
      String name, FunctionDescriptor description, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), description, options);
  }

  private RealFolder() {}
}
