package dev.muster.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back the memory of files that this process only reads: the JVM's class archive first of
/// all, most of which was needed once, at the start. Linux reads a page again when it is touched
/// (`MADV_PAGEOUT` of madvise(2), since 5.4), so that nothing can get lost; what other processes
/// have mapped too stays where it is. Elsewhere, and where the kernel says no, nothing happens.
@SuppressWarnings("restricted") // a call of the C library
final class MappedPages {
  private static final Logger LOG = LoggerFactory.getLogger(MappedPages.class);
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final int MADV_PAGEOUT = 21;

  /// What can neither be written nor executed: code is needed all the time.
  private static final Pattern READ_ONLY_FILE =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r--p \\S+ \\S+ [1-9]\\d*\\s+/.*");

  /// @param start its address
  record Mapping(long start, long bytes) {
    /// From a line of proc_pid_maps(5); null when it is not one of those.
    static @Nullable Mapping of(String line) {
      var file = READ_ONLY_FILE.matcher(line);
      if (!file.matches()) return null;
      var start = Long.parseUnsignedLong(file.group(1), 16);
      return new Mapping(start, Long.parseUnsignedLong(file.group(2), 16) - start);
    }
  }

  private MappedPages() {}

  /// Takes some 10 ms for 100 MB.
  static void giveBack() {
    var linker = Linker.nativeLinker();
    var madvise = linker.defaultLookup().find("madvise");
    if (madvise.isEmpty() || !Files.isReadable(MAPS)) return;
    var call =
        linker.downcallHandle(
            madvise.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    try {
      for (var it : readOnly()) {
        var _ =
            (int) call.invokeExact(MemorySegment.ofAddress(it.start()), it.bytes(), MADV_PAGEOUT);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("an idle node could not give back what it has read of files: {}", e.toString());
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Mapping> readOnly() throws IOException {
    return Files.readAllLines(MAPS).stream().map(Mapping::of).filter(Objects::nonNull).toList();
  }
}
