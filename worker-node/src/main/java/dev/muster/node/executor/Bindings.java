package dev.muster.node.executor;

import dev.muster.node.workspace.FileTree;
import dev.muster.node.workspace.FileTree.Entry;
import dev.muster.node.workspace.FileTree.Kind;
import dev.muster.node.workspace.OperationContent;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.approval.Binding.BoundFile;
import dev.muster.protocol.instruction.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Puts into words what an operation's digest covers, as much of it as a person can look through.
final class Bindings {
  private static final int FILES_MAX = 200;
  private static final int TEXT_BYTES_MAX = 16 << 10;
  private static final int TEXTS_BYTES_MAX = 64 << 10;

  private final Workspace workspace;
  private final OperationContent content;
  private final List<BoundFile> files = new ArrayList<>();
  private long textBytes;

  private Bindings(Workspace workspace, OperationContent content) {
    this.workspace = workspace;
    this.content = content;
  }

  /// @param operation null for a script that declares nothing
  /// @param preview SHA-256 of what is foreseen
  /// @param afterCrash what tells after a crash whether it has happened, where no check does
  static Binding of(
      String identity,
      @Nullable Operation operation,
      OperationContent content,
      Workspace workspace,
      List<String> changes,
      @Nullable String preview,
      @Nullable String afterCrash)
      throws IOException {
    var bindings = new Bindings(workspace, content);
    var inputs = operation == null ? List.<String>of() : operation.inputs();
    var reads = operation == null ? List.<String>of() : operation.reads();
    bindings.list(inputs, reads);
    return new Binding(
        identity, reads, bindings.covers(), bindings.files, changes, preview, afterCrash);
  }

  private List<String> covers() {
    var lines = new ArrayList<String>();
    lines.add("workspace: " + size(content.work()));
    if (!content.inputs().isEmpty()) lines.add("inputs: " + size(content.inputs()));
    lines.add("target: " + target());
    content
        .written()
        .forEach((folder, tree) ->
            lines.add(folder + ": " + (tree.isEmpty() ? "nothing is there" : size(tree))));
    return lines;
  }

  private String target() {
    return switch (content.seen()) {
      case NAMED -> size(content.target()) + " of it, frozen; nothing else of it can be read";
      case WHOLE -> size(content.target()) + ", frozen";
      case SEALED -> "as it was packed when the run was created";
      case NOTHING -> "nothing of it can be read, since " + content.why();
      case LIVE -> size(content.target()) + ", looked at once more before the start";
      case UNKNOWN -> "not covered, since " + content.why();
    };
  }

  private static String size(FileTree tree) {
    var files = tree.files().size();
    return "%d file%s, %d bytes".formatted(files, files == 1 ? "" : "s", tree.bytes());
  }

  /// What was declared comes first, with its text.
  private void list(List<String> inputs, List<String> reads) throws IOException {
    declared("workspace", content.work(), inputs, workspace.work());
    if (content.copiesTarget()) declared("target", content.target(), reads, workspace.target());
    content.written().forEach((folder, tree) -> names(folder, tree, _ -> true));
    names("workspace", content.work(), entry -> isBelow(entry, inputs) == null);
    if (!content.copiesTarget() || reads.isEmpty() || reads.contains(".")) {
      names("target", content.target(), _ -> true);
    }
  }

  private void declared(String place, FileTree tree, List<String> paths, Path folder)
      throws IOException {
    for (var entry : tree.files()) {
      if (isBelow(entry, paths) == null || files.size() >= FILES_MAX) continue;
      var text = text(entry, folder.resolve(entry.path()));
      files.add(new BoundFile(place, entry.path(), entry.content(), entry.bytes(), text));
    }
  }

  private void names(String place, FileTree tree, Predicate<Entry> which) {
    for (var entry : tree.entries()) {
      if (entry.kind() == Kind.FOLDER || !which.test(entry)) continue;
      if (files.size() >= FILES_MAX) return;
      var name = entry.kind() == Kind.LINK ? entry.path() + " -> " + entry.content() : entry.path();
      var sha256 = entry.kind() == Kind.FILE ? entry.content() : "";
      files.add(new BoundFile(place, name, sha256, entry.bytes(), null));
    }
  }

  private static @Nullable String isBelow(Entry entry, List<String> paths) {
    for (var path : paths) {
      if (Path.of(entry.path()).startsWith(Path.of(path).normalize())) return path;
    }
    return null;
  }

  private @Nullable String text(Entry entry, Path file) throws IOException {
    if (entry.bytes() > TEXT_BYTES_MAX || textBytes + entry.bytes() > TEXTS_BYTES_MAX) return null;
    try {
      var text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
      if (text.chars().anyMatch(character -> character == 0)) return null;
      textBytes += entry.bytes();
      return text.toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }
}
