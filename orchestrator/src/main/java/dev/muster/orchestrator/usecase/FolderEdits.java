package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.instruction.BoundedFile;
import dev.muster.orchestrator.engine.instruction.FileReport;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.Neighbours;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.journal.storage.SavedInstructions;
import dev.muster.orchestrator.journal.storage.SavedInstructions.Saved;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One instruction of a folder: its text, what another text in its place would be, and putting it
/// there.
///
/// What was sent to this node may be edited by whoever may start runs. A folder elsewhere on the
/// machine is its owner's, and is edited by the owner of the data folder alone. Only a file that is
/// an instruction already is written, never through a link, and nothing else in the data folder: a
/// worker's files are no instructions, whatever they are called.
///
/// Runs have taken their texts, so that saving changes none of them. What is saved is kept, and
/// what it takes the place of, too: both are among the versions of the instruction.
///
/// @param uploads where what is sent is kept
/// @param looked what folders held when they were looked at last
/// @param saved what was saved before
public record FolderEdits(
    Path uploads, LookedAt looked, SavedInstructions saved, InstantSource clock) {
  private static final int FINDINGS_MAX = 50;
  private static final String LINK = "it is a link, and leads to a file of another folder";
  private static final Object SAVING = new Object();

  static Map<String, FileReport> judged(Workforce workforce) {
    Map<String, FileReport> reports = new HashMap<>();
    for (var report : Linter.lint(workforce, Linter.Options.DEFAULT).files()) {
      reports.put(report.file(), report);
    }
    return reports;
  }

  /// @param file as the preview names it
  public FolderPreview.Text text(Path folder, String file, Principal by) {
    return looked.in(folder, neighbours -> text(neighbours, folder, file, by));
  }

  private FolderPreview.Text text(Neighbours neighbours, Path folder, String file, Principal by) {
    var it = named(neighbours, file);
    var path = Path.of(it.file());
    try {
      if (isLink(folder, path)) return linked(it, file);
      var bytes = read(path);
      var text = new String(bytes, StandardCharsets.UTF_8);
      var report = neighbours.judge(it.file(), bytes);
      return new FolderPreview.Text(
          report.id(),
          file,
          text.substring(0, Math.min(Folders.TEXT_CHARS_MAX, text.length())),
          Sha256.of(bytes),
          report.score(),
          locked(folder, path, bytes, by),
          first(report));
    } catch (IOException e) {
      throw Refusal.unusable("unreadable-file", file + " cannot be read: " + Why.of(e));
    }
  }

  /// What it leads to may be anything that this node may read, and is nobody's to see by its help:
  /// findings quote it, too.
  private static FolderPreview.Text linked(Instruction it, String file) {
    return new FolderPreview.Text(it.id(), file, "", Sha256.of(""), 0, LINK, List.of());
  }

  private static boolean isLink(Path folder, Path file) throws IOException {
    return !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || !file.toRealPath().startsWith(folder.toRealPath());
  }

  private static byte[] read(Path file) throws IOException {
    return BoundedFile.read(file, Instruction.BYTES_MAX, LinkOption.NOFOLLOW_LINKS);
  }

  /// Stores nothing. Of one who types, only the newest text is judged: what waits while a newer one
  /// comes is refused.
  public FolderPreview.Judged check(Path folder, String file, String text, Principal by) {
    var turn = looked.turn(by.name(), folder, file);
    return looked.in(
        folder,
        neighbours -> {
          if (!turn.isNewest()) {
            throw Refusal.conflict("superseded", "a newer text of " + file + " is judged instead");
          }
          var it = named(neighbours, file);
          var report = neighbours.judge(it.file(), text.getBytes(StandardCharsets.UTF_8));
          var errors = (int) report.findings().stream().filter(Finding::isError).count();
          return new FolderPreview.Judged(report.id(), report.score(), errors, first(report));
        });
  }

  /// @param digest of what was read before it was changed
  public FolderPreview.Text save(
      Path folder, String file, String text, String digest, Principal by) {
    var place =
        looked.in(folder, neighbours -> Place.of(folder, neighbours, named(neighbours, file)));
    var path = place.path();
    synchronized (SAVING) {
      try {
        if (isLink(folder, path)) throw Refusal.forbidden("not-editable", LINK);
        var before = read(path);
        var locked = locked(folder, path, before, by);
        if (locked != null) throw Refusal.forbidden("not-editable", locked);
        var now = Sha256.of(before);
        if (!now.equals(digest)) {
          throw Refusal.conflict(
              "changed-meanwhile",
              "%s is another text by now: expected %.12s as it was read, found %.12s; read it again"
                  .formatted(file, digest, now));
        }
        // A version too many does no harm; a text that was saved and is said not to be does.
        keepFound(place, now, before);
        keep(place, text, by);
        write(path, text);
      } catch (IOException e) {
        throw Refusal.unavailable("text-not-saved", file + " could not be saved: " + Why.of(e));
      }
    }
    return text(folder, file, by);
  }

  /// Where a text is saved, and whose versions it belongs to.
  private record Place(Path folder, Path path, String workforce, String worker) {
    static Place of(Path folder, Neighbours neighbours, Instruction it) {
      var path = Path.of(it.file());
      var worker = it.id() == null ? String.valueOf(path.getFileName()) : it.id();
      return new Place(folder, path, neighbours.workforceName(), worker);
    }
  }

  /// Before it is written over: nothing else may have it.
  private void keepFound(Place place, String digest, byte[] content) throws IOException {
    if (saved.text(place.workforce(), place.worker(), digest) != null) return;
    var written = Files.getLastModifiedTime(place.path()).toInstant();
    saved.keep(
        place.workforce(),
        place.worker(),
        new Saved(digest, written, null, place.folder().toString()),
        content);
  }

  private void keep(Place place, String text, Principal by) {
    saved.keep(
        place.workforce(),
        place.worker(),
        new Saved(Sha256.of(text), clock.instant(), by.name(), place.folder().toString()),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /// Whoever reads meanwhile finds the old text or the new one.
  private static void write(Path path, String text) throws IOException {
    var made = Files.createTempFile(path.toAbsolutePath().getParent(), ".saving", ".tmp");
    try {
      Files.writeString(made, text);
      Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(path));
      Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private @Nullable String locked(Path folder, Path file, byte[] bytes, Principal by)
      throws IOException {
    var real = folder.toRealPath();
    var sent = Files.isDirectory(uploads) && real.startsWith(uploads.toRealPath());
    var data = uploads.toAbsolutePath().getParent();
    if (!sent && data != null && real.startsWith(data.toRealPath())) {
      return "it lies in the data folder of this node, which is not edited";
    }
    if (!sent && by.kind() != Principal.Kind.OWNER) {
      return "a folder on this machine is edited by its owner alone, who logs in with `muster"
          + " console`; send it here to edit a copy";
    }
    var parent = file.toAbsolutePath().getParent();
    if (!Files.isWritable(file) || parent == null || !Files.isWritable(parent)) {
      return "this node may not write it";
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    if (text.length() > Folders.TEXT_CHARS_MAX) {
      return "it has more than %,d characters".formatted(Folders.TEXT_CHARS_MAX);
    }
    return Sha256.of(text).equals(Sha256.of(bytes)) ? null : "its bytes are not UTF-8 text";
  }

  private static List<Finding> first(FileReport report) {
    return report.findings().stream().limit(FINDINGS_MAX).toList();
  }

  private static Instruction named(Neighbours neighbours, String file) {
    var it = neighbours.named(file);
    if (it != null) return it;
    throw Refusal.unknown("unknown-file", "the folder has no instruction of that name");
  }
}
