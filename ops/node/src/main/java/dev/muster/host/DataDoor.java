package dev.muster.host;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.trust.DataFolders;
import dev.muster.host.trust.DataFolders.Standing;
import dev.muster.protocol.text.ShellWord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Through here goes everything that believes what lies in a data folder.
///
/// @param data absolute
/// @param leftover where earlier versions had the data of this folder; null where the data folder
///   was chosen
/// @param say what is to be told beside
public record DataDoor(
    Path data, DataFolders folders, @Nullable Path leftover, Consumer<String> say) {
  /// @throws Refusal when there is a folder that must not be believed
  public void check() {
    try {
      if (folders.look(data) instanceof Standing.Foreign(var words, var adoptable)) {
        throw refusal(words, adoptable);
      }
      if (leftover != null && isUsed(leftover)) tell(leftover);
    } catch (IOException e) {
      throw DataFolder.refusal(data, e);
    }
  }

  /// The same, and makes it when there is none.
  public void claim() {
    check();
    try {
      folders.claim(data);
    } catch (IOException e) {
      throw DataFolder.refusal(data, e);
    }
  }

  /// By whoever has locked it.
  public void begin() {
    try {
      folders.begin(data);
    } catch (IOException e) {
      throw DataFolder.refusal(data, e);
    }
  }

  /// What is wrong, for the doctor; null when nothing is.
  public @Nullable Refusal problem() {
    try {
      check();
      return null;
    } catch (Refusal refusal) {
      return refusal;
    }
  }

  private Refusal refusal(String words, boolean adoptable) {
    return new Refusal(
        Exit.NOT_ALLOWED,
        "the data folder " + data + " " + words,
        adoptable
            ? "if it is yours (restored, or brought from elsewhere): `muster trust --data %s`; else choose another with --data DIR"
                .formatted(ShellWord.of(data.toString()))
            : "mend that, or choose another with --data DIR");
  }

  private static boolean isUsed(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return false;
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return true;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return entries.iterator().hasNext();
    }
  }

  /// Once the new place is in use it is only a word.
  private void tell(Path old) {
    var words =
        "%s is not used: data are kept in %s now, where no repository can put any"
            .formatted(old, data);
    var advice =
        "if it is yours from before: `muster trust --data %s --move` takes it along; else remove it"
            .formatted(ShellWord.of(old.toString()));
    if (Files.exists(data)) {
      say.accept(words + "; " + advice);
    } else {
      throw new Refusal(
          Exit.CONFLICT, words, advice + ", or choose another folder with --data DIR");
    }
  }
}
