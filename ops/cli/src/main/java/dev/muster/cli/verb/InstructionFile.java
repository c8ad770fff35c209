package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The text of one file, or why there is none.
final class InstructionFile {
  private static final long FILE_BYTES_MAX = 2 << 20;

  private InstructionFile() {}

  static String text(Path path) {
    if (Files.isDirectory(path)) {
      throw new Refusal(
          Exit.USAGE,
          "expected one file, but " + path + " is a folder",
          "for all of it: `muster lint " + path + "`");
    }
    try {
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw new Refusal(Exit.USAGE, path + " is larger than 2 MiB", null);
      }
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      throw new Refusal(Exit.NOT_FOUND, "there is no file " + path, null, e);
    } catch (CharacterCodingException e) {
      throw new Refusal(Exit.USAGE, "expected UTF-8 in " + path + ", found other bytes", null, e);
    } catch (IOException e) {
      throw new Refusal(Exit.FAILED, "cannot read " + path + ": " + e.getMessage(), null, e);
    }
  }
}
