package dev.muster.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// `<data>/takeover`: a process that stays wants to host the node, which is hosted for the moment
/// by one that watches its own run. That one looks here, and hands over in good order.
public final class TakeOver {
  private TakeOver() {}

  private static Path file(Path data) {
    return data.resolve("takeover");
  }

  public static void ask(Path data) throws IOException {
    var part = data.resolve("takeover.part");
    Files.writeString(
        part, Long.toString(ProcessHandle.current().pid()), StandardCharsets.US_ASCII);
    Files.move(
        part, file(data), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Takes back what this process has asked for.
  static void withdraw(Path data) {
    try {
      var asker = asker(data);
      if (asker != null && asker == ProcessHandle.current().pid()) Files.deleteIfExists(file(data));
    } catch (IOException _) {
      // It names a process that will be gone, and is ignored then.
    }
  }

  /// A living process wants the node.
  public static boolean isAsked(Path data) {
    var asker = asker(data);
    return asker != null && ProcessHandle.of(asker).filter(ProcessHandle::isAlive).isPresent();
  }

  private static @Nullable Long asker(Path data) {
    try {
      return Long.valueOf(Files.readString(file(data), StandardCharsets.US_ASCII).strip());
    } catch (IOException | NumberFormatException _) {
      return null;
    }
  }
}
