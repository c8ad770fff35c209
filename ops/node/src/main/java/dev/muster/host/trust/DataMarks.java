package dev.muster.host.trust;

import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// That a data folder was made here: a random number in `<data>/folder.mark`, and in the user's
/// state folder the same number with the machine, the user and the path it was made for. A folder
/// that came with a repository has no such number, or one that nobody here knows. And how often it
/// was begun, in both places: an older copy that was put back has seen fewer beginnings.
final class DataMarks {
  static final String NAME = "folder.mark";

  /// Beside the mark, and begins like it.
  private static final String USES = NAME + ".uses";

  private static final String FOLDER = "marks";
  private static final Path MACHINE = Path.of("/etc/machine-id");
  private static final int BYTES = 16;

  /// Beyond this those whose folder is gone are forgotten.
  private static final int KEPT_MAX = 1_000;

  private final StateFolder state;
  private final Owner me;

  DataMarks(StateFolder state, Owner me) {
    this.state = state;
    this.me = me;
  }

  /// @param real a data folder, free of links
  boolean knows(Path real) {
    try {
      var number = Files.readString(real.resolve(NAME)).strip();
      return !number.isEmpty()
          && !Files.isSymbolicLink(real.resolve(NAME))
          && Files.readString(note(real)).equals(text(number, real));
    } catch (IOException _) {
      return false;
    }
  }

  /// One after the other, also of several processes.
  void mark(Path real) throws IOException {
    var folder = state.folder(FOLDER);
    try (var channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (knows(real)) return;
      forgetTheGone(folder);
      var random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      var number = HexFormat.of().formatHex(random);
      put(note(real), text(number, real));
      put(real.resolve(NAME), number + "\n");
    }
  }

  void forget(Path real) throws IOException {
    Files.deleteIfExists(note(real));
    forgetUses(real);
  }

  /// Whether what is there was put back: it has seen fewer beginnings than are remembered.
  boolean isOlder(Path real) {
    var remembered = uses(remembered(real)); // first, since it grows last
    return uses(real.resolve(USES)) < remembered;
  }

  /// One beginning more. Nothing is remembered where the state folder cannot be written.
  void use(Path real) throws IOException {
    var uses = "%d\npath %s\n".formatted(uses(real.resolve(USES)) + 1, real);
    put(real.resolve(USES), uses);
    try {
      put(state.folder(FOLDER).resolve(remembered(real).getFileName()), uses);
    } catch (IOException _) {
      // Then an older copy is not told from this one.
    }
  }

  void forgetUses(Path real) throws IOException {
    Files.deleteIfExists(remembered(real));
  }

  private Path remembered(Path real) {
    return note(real).resolveSibling(note(real).getFileName() + ".uses");
  }

  /// 0 of one that says nothing.
  private static long uses(Path file) {
    try {
      return Long.parseLong(Files.readString(file).lines().findFirst().orElse(""));
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }

  private Path note(Path real) {
    return state.path().resolve(FOLDER).resolve(Sha256.of(real.toString()));
  }

  private String text(String number, Path real) {
    return "folder %s\nmachine %s\nuser %d\npath %s\n".formatted(number, machine(), me.uid(), real);
  }

  private static String machine() {
    try {
      return Files.readString(MACHINE).strip();
    } catch (IOException _) {
      return "unknown";
    }
  }

  private static void put(Path file, String text) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.writeString(part, text, StandardOpenOption.CREATE_NEW);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void forgetTheGone(Path folder) throws IOException {
    List<Path> notes;
    try (var all = Files.list(folder)) {
      notes = all.toList();
    }
    if (notes.size() <= KEPT_MAX) return;
    for (var note : notes) {
      for (var line : Files.readAllLines(note)) {
        var gone =
            line.startsWith("path ")
                && !Files.exists(
                    Path.of(line.substring("path ".length())), LinkOption.NOFOLLOW_LINKS);
        if (gone) Files.deleteIfExists(note);
      }
    }
  }
}
