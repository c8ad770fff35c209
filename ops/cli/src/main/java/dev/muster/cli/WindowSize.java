package dev.muster.cli;

import dev.muster.cli.terminal.Caller.Window;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How large the terminal is. The launcher has looked how wide when the process began; later the
/// terminal is asked again (`ioctl(TIOCGWINSZ)`), at most twice a second, since people resize
/// windows.
final class WindowSize implements Window {
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /// `struct winsize`: rows, columns, and two figures nobody needs.
  private static final int SIZE_BYTES = 8;

  private static final int COLUMNS_AT = 2;

  private @Nullable MethodHandle ioctl;
  private boolean asked;
  private boolean useless;
  private int columns;
  private int rows;
  private long seenAt = System.nanoTime();

  /// @param columns as the launcher saw it; 0 when there was no terminal to ask
  WindowSize(int columns) {
    this.columns = columns;
  }

  @Override
  public synchronized int columns() {
    look(false);
    return columns;
  }

  @Override
  public synchronized int rows() {
    look(!asked);
    return rows;
  }

  private void look(boolean now) {
    if (useless || (!now && System.nanoTime() - seenAt < FRESH_NANOS)) return;
    seenAt = System.nanoTime();
    asked = true;
    ask();
  }

  /// Nothing changes when the terminal does not say.
  @SuppressWarnings("CatchingUnchecked") // whatever a foreign call may throw: the size stays
  private void ask() {
    try (var arena = Arena.ofConfined()) {
      var size = arena.allocate(SIZE_BYTES, ValueLayout.JAVA_SHORT.byteAlignment());
      for (var descriptor : new int[] {2, 1}) {
        if ((int) ioctl().invokeExact(descriptor, request(), size) == 0) {
          rows = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 0));
          var found = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_AT));
          if (found > 0) columns = found;
          return;
        }
      }
    } catch (Throwable _) {
      useless = true;
    }
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
