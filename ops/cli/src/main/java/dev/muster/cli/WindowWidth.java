package dev.muster.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// How wide the terminal is. The launcher has looked when the process began; later the terminal is
/// asked again (`ioctl(TIOCGWINSZ)`), at most once a second, since people resize windows.
final class WindowWidth implements IntSupplier {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// `struct winsize`: rows, columns, and two figures nobody needs.
  private static final int SIZE_BYTES = 8;

  private static final int COLUMNS_AT = 2;

  private @Nullable MethodHandle ioctl;
  private boolean useless;
  private int columns;
  private long seenAt = System.nanoTime();

  /// @param columns as the launcher saw it; 0 when there was no terminal to ask
  WindowWidth(int columns) {
    this.columns = columns;
  }

  @Override
  public synchronized int getAsInt() {
    var now = System.nanoTime();
    if (!useless && now - seenAt > FRESH_NANOS) {
      seenAt = now;
      var found = ask();
      if (found > 0) columns = found;
    }
    return columns;
  }

  /// 0 when the terminal does not say.
  @SuppressWarnings("CatchingUnchecked") // whatever a foreign call may throw: the width stays
  private int ask() {
    try (var arena = Arena.ofConfined()) {
      var size = arena.allocate(SIZE_BYTES, ValueLayout.JAVA_SHORT.byteAlignment());
      for (var descriptor : new int[] {2, 1}) {
        if ((int) ioctl().invokeExact(descriptor, request(), size) == 0) {
          return Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_AT));
        }
      }
    } catch (Throwable _) {
      useless = true;
    }
    return 0;
  }

  private MethodHandle ioctl() {
    var known = ioctl;
    if (known != null) return known;
    var found = find();
    ioctl = found;
    return found;
  }

  @SuppressWarnings("restricted") // the launcher allows native access
  private static MethodHandle find() {
    var linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().findOrThrow("ioctl");
    return linker.downcallHandle(
        function,
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
        Linker.Option.firstVariadicArg(2));
  }

  /// `TIOCGWINSZ` of Linux and of macOS.
  private static long request() {
    return System.getProperty("os.name", "").startsWith("Mac") ? 0x40087468L : 0x5413L;
  }
}
