package dev.muster.node.workspace;

import dev.muster.protocol.worker.Artifact;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folder of one attempt. Only `work` is ever writable for what runs in it; scripts, inputs and
/// the log lie beside it.
public record Workspace(Path folder) {
  private static final long FULL_BELOW_BYTES = 1L << 20;

  /// Where the attempt works: seeded with its inputs at their own paths.
  public Path work() {
    return folder.resolve("work");
  }

  /// The same inputs again, for reading only.
  public Path inputs() {
    return folder.resolve("inputs");
  }

  /// The part of the target that an operation was asked about, as it was then.
  public Path target() {
    return folder.resolve("target");
  }

  /// The same, empty.
  public Path freshTarget() throws IOException {
    Trees.delete(target());
    return Files.createDirectory(target());
  }

  /// An empty folder for what sub-workers have delivered, on its way into `work`.
  public Path freshArrivals() throws IOException {
    forgetArrivals();
    return Files.createDirectory(arrivals());
  }

  public void forgetArrivals() throws IOException {
    Trees.delete(arrivals());
  }

  private Path arrivals() {
    return folder.resolve("arrivals");
  }

  /// For temporary files where a script has no `/tmp` of its own.
  public Path scratch() {
    return folder.resolve("tmp");
  }

  public Path log() {
    return folder.resolve("attempt.log");
  }

  /// Writes the script of one step to where its process can read but not change it.
  public Path script(String step, String text) throws IOException {
    var scripts = Files.createDirectories(folder.resolve("scripts"));
    var file = scripts.resolve(step.replaceAll("[^A-Za-z0-9]+", "-") + ".sh");
    Files.writeString(file, text.endsWith("\n") ? text : text + "\n");
    return file;
  }

  /// Where the tests run.
  public Path validation() {
    return folder.resolve("validation");
  }

  /// Makes a fresh folder for the tests with what was declared and nothing else: the inputs as they
  /// were handed in, and over them the deliverables.
  ///
  /// @param declared paths of files and folders; those that are missing are left out
  public void copyDeclared(List<String> declared) throws IOException {
    Trees.delete(validation());
    DeclaredCopy.make(this, declared);
  }

  /// Whether `work` holds more than was declared and handed in.
  public boolean holdsUndeclared(List<String> declared) throws IOException {
    return new Undeclared(this, declared).isThere();
  }

  /// Makes a fresh copy of `work` for the tests, so that nothing they do is delivered.
  ///
  /// @return what is not in it because it cannot be read, as people can read it
  public List<String> copyForValidation() throws IOException {
    Trees.delete(validation());
    return TreeCopy.copy(work(), validation()).stream().map(FileNames::shown).toList();
  }

  /// Removes the copy made for the tests.
  public void discardValidation() throws IOException {
    Trees.delete(validation());
  }

  /// Once the work has passed: removes both copies of what it was given, which is in the artifact
  /// store. What it has changed of it stays, and so does all that it made.
  ///
  /// @param sealed whether nothing that ran here could write in `inputs`
  public void giveBack(List<Artifact> given, boolean sealed) throws IOException {
    new HandedIn(work(), inputs()).giveBack(given, sealed);
  }

  /// What the regular files in `work` hold.
  public long bytes() throws IOException {
    return Trees.bytes(work());
  }

  /// That next to nothing is left on its disk, which explains what fails in it; null when that is
  /// not so.
  public @Nullable String fullInWords() {
    try {
      var free = Files.getFileStore(folder).getUsableSpace();
      return free < FULL_BELOW_BYTES
          ? "no room is left on the disk of %s: %d KiB are free".formatted(folder, free >> 10)
          : null;
    } catch (IOException _) {
      return null;
    }
  }

  /// How long the attempt has run so far, not counting what it waited for a decision.
  public Duration ran() throws IOException {
    var file = folder.resolve("ran-millis");
    if (!Files.exists(file)) return Duration.ZERO;
    var text = Files.readString(file, StandardCharsets.UTF_8).strip();
    try {
      return Duration.ofMillis(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IOException("expected milliseconds in " + file + ", found `" + text + "`", e);
    }
  }

  public void ran(Duration ran) throws IOException {
    // Also on a thread that was told to stop: the end of its last step is still to be recorded.
    try (var file = new FileOutputStream(folder.resolve("ran-millis").toFile())) {
      file.write(Long.toString(ran.toMillis()).getBytes(StandardCharsets.UTF_8));
    }
  }
}
