package dev.muster.node.sandbox.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// System calls of the calling thread, by the `syscall` of the C library.
///
/// Most of what is asked for here counts for the thread alone and for what it starts. So it belongs
/// on platform threads of our own, never on a shared or a virtual one.
@SuppressWarnings("restricted") // calling what is not Java is all that it is for
final class Kernel {
  private static final int ARGUMENTS_MAX = 6;
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private final Machine machine;
  private final MethodHandle call;
  private final MethodHandle words;

  private static @Nullable Kernel opened;

  /// @throws IOException when there is no such library here, or no such machine is known
  static synchronized Kernel open() throws IOException {
    var kernel = opened;
    if (kernel == null) {
      kernel = link();
      opened = kernel;
    }
    return kernel;
  }

  private static Kernel link() throws IOException {
    var machine = Machine.here();
    if (machine == null) throw new IOException("its system calls are not known");
    var linker = Linker.nativeLinker();
    var function = linker.defaultLookup().find("syscall");
    var words = linker.defaultLookup().find("strerror");
    if (function.isEmpty() || words.isEmpty())
      throw new IOException("its C library has no syscall");
    var types = new MemoryLayout[ARGUMENTS_MAX + 1];
    Arrays.fill(types, JAVA_LONG);
    return new Kernel(
        machine,
        linker.downcallHandle(
            function.get(),
            FunctionDescriptor.of(JAVA_LONG, types),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno")),
        linker.downcallHandle(words.get(), FunctionDescriptor.of(ADDRESS, JAVA_INT)));
  }

  private Kernel(Machine machine, MethodHandle call, MethodHandle words) {
    this.machine = machine;
    this.call = call;
    this.words = words;
  }

  /// What the call returns.
  ///
  /// @throws IOException with the name of the call and the kernel's own words
  long call(SystemCall what, long... given) throws IOException {
    var arguments = Arrays.copyOf(given, ARGUMENTS_MAX);
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var result =
          (long)
              call.invokeExact(
                  state,
                  (long) what.number(machine),
                  arguments[0],
                  arguments[1],
                  arguments[2],
                  arguments[3],
                  arguments[4],
                  arguments[5]);
      if (result >= 0) return result;
      throw new KernelException(what, state.get(JAVA_INT, ERRNO), this);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// A file name of the host, given away with `arena`.
  static long text(Arena arena, String text) {
    return arena.allocateFrom(text).address();
  }

  private String words(int error) {
    try {
      var text = (MemorySegment) words.invokeExact(error);
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// The kernel said no.
  static final class KernelException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int error;

    private KernelException(SystemCall what, int error, Kernel kernel) {
      super(what.name().toLowerCase(Locale.ROOT) + ": " + kernel.words(error));
      this.error = error;
    }

    int error() {
      return error;
    }
  }
}
