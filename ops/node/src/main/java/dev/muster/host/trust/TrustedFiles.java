package dev.muster.host.trust;

import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Files of folders that the user has read and trusts, as they were then: each is a line of
/// `sha256sum` in the user's state folder.
public final class TrustedFiles {
  private static final String FOLDER = "trusted";
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (/.*)\\R?");

  private final StateFolder state;

  public TrustedFiles(StateFolder state) {
    this.state = state;
  }

  /// What the user has said of a file.
  public enum Standing {
    /// Nothing.
    UNKNOWN,
    /// It was trusted when its content was another one.
    CHANGED,
    TRUSTED
  }

  /// @param since when it was said
  public record Entry(Path file, String sha256, Instant since) {
    public boolean isOf(byte[] content) {
      return sha256.equals(Sha256.of(content));
    }
  }

  /// @param content of the file, as it will be used
  public Standing standing(Path file, byte[] content) {
    if (state.problem() != null) return Standing.UNKNOWN;
    var said = read(note(file));
    if (said == null || !said.file().equals(StateFolder.real(file))) return Standing.UNKNOWN;
    return said.isOf(content) ? Standing.TRUSTED : Standing.CHANGED;
  }

  public void trust(Path file, byte[] content) throws IOException {
    var real = StateFolder.real(file);
    if (real.toString().chars().anyMatch(Character::isISOControl)) {
      throw new IOException("expected a path without control characters, found " + real);
    }
    var folder = state.folder(FOLDER);
    var part = Files.createTempFile(folder, ".part", "");
    Files.writeString(part, Sha256.of(content) + "  " + real + "\n");
    Files.move(
        part, note(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// @return false when it was not trusted
  public boolean remove(Path file) throws IOException {
    return state.problem() == null && Files.deleteIfExists(note(file));
  }

  /// By path; those that are gone or have changed, too.
  public List<Entry> all() throws IOException {
    var found = new ArrayList<Entry>();
    if (state.problem() != null) return found;
    try (var notes = Files.newDirectoryStream(state.path().resolve(FOLDER))) {
      for (var note : notes) {
        var entry = read(note);
        if (entry != null) found.add(entry);
      }
    } catch (NoSuchFileException _) {
      return found;
    }
    found.sort(Comparator.comparing(Entry::file));
    return found;
  }

  private Path note(Path file) {
    return state.path().resolve(FOLDER).resolve(Sha256.of(StateFolder.real(file) + ""));
  }

  private static @Nullable Entry read(Path note) {
    try {
      var line = LINE.matcher(Files.readString(note, StandardCharsets.UTF_8));
      if (!line.matches()) return null;
      var since = Files.getLastModifiedTime(note).toInstant();
      return new Entry(Path.of(line.group(2)), line.group(1), since);
    } catch (IOException _) {
      return null; // nothing was said
    }
  }
}
