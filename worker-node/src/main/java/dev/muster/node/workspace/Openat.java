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
import java.nio.file.Path;

/// Names opened below a folder that is open already, as what they are: a link is never followed, a
/// pipe is not waited for, and whatever happens to the name afterwards the descriptor stays with
/// what was found (openat(2) with `O_PATH` and `O_NOFOLLOW`).
final class Openat {
  static final int ENOENT = 2;
  static final int EEXIST = 17;

  /// Where a first name is absolute (`AT_FDCWD`).
  static final int IN_FRONT = -100;

  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
  private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
  private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
  private static final int O_PATH = 0x200000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int ANYTHING = O_PATH | O_NOFOLLOW | O_CLOEXEC;
  private static final int FOLDER = ANYTHING | O_DIRECTORY;
  private static final int MODE = 0755;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker.Option ERRORS = Linker.Option.captureCallState("errno");
  private static final FunctionDescriptor AT =
      FunctionDescriptor.of(
          ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle OPENAT =
      handle("openat", AT, ERRORS, Linker.Option.firstVariadicArg(3));
  private static final MethodHandle MKDIRAT = handle("mkdirat", AT, ERRORS);
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  /// @return a descriptor, or the negative of what errno(3) says
  static int folder(int in, Path name) throws IOException {
    return call(OPENAT, in, name, FOLDER);
  }

  /// The same for whatever stands there.
  static int anything(int in, Path name) throws IOException {
    return call(OPENAT, in, name, ANYTHING);
  }

  /// @return 0, or the negative of what errno(3) says
  static int makeFolder(int in, Path name) throws IOException {
    return call(MKDIRAT, in, name, MODE);
  }

  /// What a descriptor stands for, as a path that leads nowhere else.
  static Path path(int descriptor) {
    return Path.of("/proc/self/fd", Integer.toString(descriptor));
  }

  static void close(int descriptor) throws IOException {
    try {
      var _ = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw new IOException("a folder could not be closed: " + e, e);
    }
  }

  private static int call(MethodHandle function, int in, Path name, int last) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var errors = arena.allocate(STATE);
      var result = invoke(function, errors, in, arena.allocateFrom(name.toString()), last);
      return result >= 0 ? result : -(int) ERRNO.get(errors, 0L);
    }
  }

  private static int invoke(
      MethodHandle function, MemorySegment errors, int in, MemorySegment text, int last)
      throws IOException {
    try {
      return (int) function.invokeExact(errors, in, text, last);
    } catch (Throwable e) {
      throw new IOException("the system could not be asked for a folder: " + e, e);
    }
  }

  @SuppressWarnings("restricted") // the launcher allows native access
  private static MethodHandle handle(
      String name, FunctionDescriptor description, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), description, options);
  }

  private Openat() {}
}
