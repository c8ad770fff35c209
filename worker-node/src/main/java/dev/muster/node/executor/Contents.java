package dev.muster.node.executor;

import dev.muster.node.sandbox.TargetScan;
import dev.muster.node.workspace.FileTree;
import dev.muster.node.workspace.FrozenFiles;
import dev.muster.node.workspace.OperationContent;
import dev.muster.node.workspace.OperationContent.Seen;
import dev.muster.node.workspace.TreeScan;
import dev.muster.node.workspace.TreeScan.Bounds;
import dev.muster.node.workspace.TreeScan.NotTakenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Looks at everything that an operation can read, and puts aside what it is to read of the target.
///
/// @param script of the operation
/// @param held what was asked about before, which stands for the workspace and the target now
record Contents(AttemptSetting setting, String script, @Nullable OperationContent held) {
  /// What can be frozen: it is copied, kept, and shown.
  static final Bounds FROZEN = new Bounds(20_000, 1L << 30);

  /// A target up to this is frozen whole for an operation that does not say what it reads.
  static final Bounds SMALL = new Bounds(2_000, 64L << 20);

  /// What may lie in folders that can be written: it is only looked at.
  static final Bounds WRITABLE = new Bounds(100_000, 4L << 30);

  OperationContent of(List<String> reads, PermittedFolders folders) throws IOException {
    var work = whole(setting.workspace().work(), "the workspace");
    var inputs = whole(setting.workspace().inputs(), "the folder of inputs");
    var written = new TreeMap<String, FileTree>();
    var real = new TreeMap<String, String>();
    for (var folder : folders.folders()) look(folder, written, real);
    if (held != null && held.copiesTarget() && stands(held, reads, folders)) {
      new FrozenFiles(setting.workplace().artifacts())
          .restore(held.target(), setting.workspace().target());
      return content(work, inputs, held.seen(), held.target(), held.why(), written, real);
    }
    return isolates()
        ? frozen(reads, folders, work, inputs, written, real)
        : live(reads, folders, work, inputs, written, real);
  }

  /// For what runs no script here: nothing that it does depends on the target.
  OperationContent withoutTarget(String why) throws IOException {
    setting.workspace().freshTarget();
    return content(
        whole(setting.workspace().work(), "the workspace"),
        whole(setting.workspace().inputs(), "the folder of inputs"),
        Seen.NOTHING,
        FileTree.EMPTY,
        why,
        new TreeMap<>(),
        new TreeMap<>());
  }

  /// Whether the target is still what was asked about, as far as the operation names it: by
  /// `reads=` or in its script. The copy would do what was approved in any case, but whoever has
  /// changed such a file since does not expect that any more. What other operations of the run were
  /// permitted to write is no news.
  private boolean stands(OperationContent asked, List<String> reads, PermittedFolders folders)
      throws IOException {
    if (asked.seen() == Seen.NOTHING) return true;
    var written = setting.workplace().written().of(setting.request().assignment().run());
    var root = setting.target().content();
    var own = written.stream().filter(it -> it.startsWith(root)).map(root::relativize).toList();
    try {
      var now =
          reads.isEmpty() || reads.contains(".")
              ? TreeScan.readable(root, reads.isEmpty() ? SMALL : FROZEN, leftOut(folders))
              : TreeScan.parts(root, reads, FROZEN, leftOut(folders), null);
      return now.contentOutside(own)
          .pathsChangedSince(asked.target().contentOutside(own))
          .noneMatch(path -> !reads.isEmpty() || isNamed(path));
    } catch (NotTakenException _) {
      return reads.isEmpty();
    }
  }

  /// Whether the script says the name of a file, or of a folder it lies in.
  private boolean isNamed(String path) {
    for (var name : Path.of(path)) {
      if (script.contains(name.toString())) return true;
    }
    return false;
  }

  /// What has changed of it that the operation would meet; nothing when it is as it was. Where
  /// there is a sandbox only the folders it may write can have: everything else is its own.
  List<String> changed(OperationContent asked, List<String> reads, PermittedFolders folders)
      throws IOException {
    var written = new TreeMap<String, FileTree>();
    var real = new TreeMap<String, String>();
    for (var folder : folders.folders()) look(folder, written, real);
    if (isolates()) {
      var now =
          content(
              asked.work(),
              asked.inputs(),
              asked.seen(),
              asked.target(),
              asked.why(),
              written,
              real);
      return now.changesSince(asked);
    }
    return of(reads, folders).changesSince(asked);
  }

  private OperationContent frozen(
      List<String> reads,
      PermittedFolders folders,
      FileTree work,
      FileTree inputs,
      SortedMap<String, FileTree> written,
      SortedMap<String, String> real)
      throws IOException {
    if (setting.target().isCopy()) {
      var sealed = String.valueOf(setting.request().assignment().targetArtifact());
      return content(work, inputs, Seen.SEALED, FileTree.EMPTY, sealed, written, real);
    }
    var root = setting.target().content();
    var copy = setting.workspace().freshTarget();
    if (!reads.isEmpty()) {
      var target = parts(root, reads, leftOut(folders), copy);
      return content(work, inputs, Seen.NAMED, target, "", written, real);
    }
    try {
      var target = TreeScan.copied(root, SMALL, leftOut(folders), copy);
      return content(work, inputs, Seen.WHOLE, target, "", written, real);
    } catch (NotTakenException e) {
      setting.workspace().freshTarget();
      var why = e.getMessage() + "; a block names what it reads by reads=";
      return content(work, inputs, Seen.NOTHING, FileTree.EMPTY, why, written, real);
    }
  }

  private OperationContent live(
      List<String> reads,
      PermittedFolders folders,
      FileTree work,
      FileTree inputs,
      SortedMap<String, FileTree> written,
      SortedMap<String, String> real)
      throws IOException {
    var root = setting.target().content();
    if (!reads.isEmpty()) {
      var target = parts(root, reads, leftOut(folders), null);
      return content(work, inputs, Seen.LIVE, target, "", written, real);
    }
    try {
      var target = TreeScan.glance(root, SMALL, leftOut(folders));
      return content(work, inputs, Seen.LIVE, target, "", written, real);
    } catch (NotTakenException e) {
      var why = String.valueOf(e.getMessage());
      return content(work, inputs, Seen.UNKNOWN, FileTree.EMPTY, why, written, real);
    }
  }

  private static FileTree parts(
      Path root, List<String> reads, List<Path> leftOut, @Nullable Path copy) throws IOException {
    try {
      if (!reads.contains(".")) return TreeScan.parts(root, reads, FROZEN, leftOut, copy);
      return copy == null
          ? TreeScan.glance(root, FROZEN, leftOut)
          : TreeScan.copied(root, FROZEN, leftOut, copy);
    } catch (NotTakenException e) {
      throw new CannotAskException(
          "what it reads of the target, %s, cannot be frozen: %s; name less by reads="
              .formatted(String.join(" ", reads), e.getMessage()));
    }
  }

  private static FileTree whole(Path folder, String what) throws IOException {
    try {
      return TreeScan.whole(folder, FROZEN);
    } catch (NotTakenException e) {
      throw new CannotAskException(
          "%s cannot be frozen: %s; let an earlier block remove what this one does not need"
              .formatted(what, e.getMessage()));
    }
  }

  private void look(
      Path folder, SortedMap<String, FileTree> written, SortedMap<String, String> real)
      throws IOException {
    var name = folder.toString();
    try {
      var tree = TreeScan.glance(folder, WRITABLE, hidden());
      written.put(name, tree);
      var stands = !tree.isEmpty() && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
      real.put(name, stands ? TreeScan.key(folder) : "empty");
    } catch (NotTakenException e) {
      throw new CannotAskException(
          "an approval covers what lies in %s, and %s; name a smaller folder by writes="
              .formatted(name, e.getMessage()));
    }
  }

  /// What is masked in every sandbox is in no copy either, and what may be written is looked at by
  /// itself.
  private List<Path> leftOut(PermittedFolders folders) throws IOException {
    var all = new ArrayList<>(hidden());
    all.addAll(TargetScan.of(setting.target().content()).found());
    all.addAll(folders.folders());
    return all;
  }

  private List<Path> hidden() {
    var all = new ArrayList<>(setting.job().hidden());
    all.add(setting.workplace().data());
    return all;
  }

  private boolean isolates() {
    return setting.workplace().sandbox().isolates();
  }

  private static OperationContent content(
      FileTree work,
      FileTree inputs,
      Seen seen,
      FileTree target,
      String why,
      SortedMap<String, FileTree> written,
      SortedMap<String, String> real) {
    return new OperationContent(work, inputs, seen, target, why, written, real);
  }

  /// Nobody can be asked about the operation as it is.
  static final class CannotAskException extends IOException {
    private static final long serialVersionUID = 1L;

    CannotAskException(String message) {
      super(message);
    }
  }
}
