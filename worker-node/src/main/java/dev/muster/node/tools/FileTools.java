package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.text;
import static dev.muster.node.tools.Parameters.whole;
import static dev.muster.node.tools.Parameters.yesOrNo;

import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Said;
import dev.muster.node.workspace.FileTree;
import dev.muster.node.workspace.WorkspaceFiles;
import dev.muster.node.workspace.WorkspaceFiles.Named;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Tools for the files of the workspace, carried out by the node itself.
final class FileTools {
  static final int PATH_CHARS_MAX = 1_024;
  static final int CONTENT_BYTES_MAX = 1 << 20;
  private static final int READ_BYTES_MAX = 8 << 20;
  private static final int LINES = 400;
  private static final int LINES_MAX = 2_000;
  private static final int LINE_CHARS_MAX = 2_000;
  private static final int SHOWN_CHARS_MAX = 30_000;
  private static final int NAMES_MAX = 500;
  private static final int DEPTH_MAX = 6;

  static List<Tool> all() {
    return List.of(read(), list(), write(), Patch.tool());
  }

  private static Tool read() {
    return CheckedTool.of(
        "read",
        "Read lines of a text file of the workspace.",
        Parameters.of(
            text("path", "relative to the workspace", PATH_CHARS_MAX),
            whole("from", "first line, counted from 1", 1, Integer.MAX_VALUE),
            whole("lines", "how many, %d if you do not say".formatted(LINES), 1, LINES_MAX)),
        (given, place) -> {
          var reach = Reach.of(place);
          var path = reach.path(given.text("path"));
          if (path.toString().isEmpty()) throw new UnfitException("`.` is a folder: use `list`");
          var text = decoded(path, reach.files().read(path, READ_BYTES_MAX));
          return said(shown(path, text, given.whole("from", 1), given.whole("lines", LINES)));
        });
  }

  /// Strictly UTF-8, so that what is written back is what was read.
  static String decoded(Path path, byte[] content) throws UnfitException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException _) {
      throw new UnfitException(
          "`%s` holds %d bytes that are no UTF-8 text; look at it with `shell`, such as by `file` or `xxd`"
              .formatted(path, content.length));
    }
  }

  private static String shown(Path path, String text, int from, int lines) throws UnfitException {
    var all = text.split("\n", -1);
    var count = text.endsWith("\n") || text.isEmpty() ? all.length - 1 : all.length;
    if (from > Math.max(1, count)) {
      throw new UnfitException("`%s` has %d lines, none from %d".formatted(path, count, from));
    }
    var shown = new StringBuilder();
    var at = from - 1;
    for (; at < count && at < from - 1 + lines && shown.length() < SHOWN_CHARS_MAX; at++) {
      var line = all[at];
      shown.append(line, 0, Math.min(line.length(), LINE_CHARS_MAX));
      if (line.length() > LINE_CHARS_MAX) {
        shown.append("… (%d characters more)".formatted(line.length() - LINE_CHARS_MAX));
      }
      shown.append('\n');
    }
    var head = "%s, lines %d to %d of %d:\n".formatted(path, Math.min(from, at), at, count);
    return head
        + shown.substring(0, Math.min(shown.length(), SHOWN_CHARS_MAX + LINE_CHARS_MAX / 2));
  }

  private static Tool write() {
    return CheckedTool.of(
        "write",
        "Write a file of the workspace, in place of one that is there; folders are made.",
        Parameters.of(
            text("path", "relative to the workspace", PATH_CHARS_MAX),
            text("content", "all of it", CONTENT_BYTES_MAX),
            yesOrNo("executable", "whether it can be run")),
        (given, place) -> {
          var path = given.text("path");
          var content = given.text("content").getBytes(StandardCharsets.UTF_8);
          if (content.length > CONTENT_BYTES_MAX) {
            throw new UnfitException(
                "`content` has %d bytes, more than the %d it may: write the file in parts by `shell`"
                    .formatted(content.length, CONTENT_BYTES_MAX));
          }
          var executable = given.has("executable") ? given.yes("executable") : null;
          refuseOther(Reach.of(place), path);
          return CheckedTool.change(() -> {
            var reach = Reach.of(place);
            var file = reach.writable(path);
            reach.files().write(file, content, executable);
            return ToolOutcome.of("wrote %s, %d bytes".formatted(file, content.length));
          });
        });
  }

  /// What is no file, or is reached by a link, is known before anything is done.
  static Path refuseOther(Reach reach, String text)
      throws UnfitException, IOException, CheckedTool.RefusedException {
    var path = reach.writable(text);
    var found = reach.files().look(path);
    if (found != null && found.kind() != FileTree.Kind.FILE) reach.files().read(path, 0);
    return path;
  }

  private static Tool list() {
    return CheckedTool.of(
        "list",
        "List the files and folders of the workspace, with the sizes of files.",
        Parameters.of(
            text(
                    "path",
                    "a folder, relative to the workspace; `.` if you do not say",
                    PATH_CHARS_MAX)
                .optional(),
            whole("depth", "how deep to look into folders, 2 if you do not say", 1, DEPTH_MAX)),
        (given, place) -> {
          var reach = Reach.of(place);
          var path = reach.path(given.text("path", "."));
          var found = path.toString().isEmpty() ? null : reach.files().look(path);
          if (found != null && found.kind() == FileTree.Kind.FILE) {
            return said("%s, a file of %d bytes".formatted(path, found.bytes()));
          }
          var lines = new ArrayList<String>();
          list(reach.files(), path, given.whole("depth", 2), lines);
          if (lines.isEmpty()) return said("the folder is empty");
          var text = String.join("\n", lines.subList(0, Math.min(lines.size(), NAMES_MAX)));
          return said(
              lines.size() <= NAMES_MAX
                  ? text
                  : text + "\n=== there are more: name a folder, or a smaller depth");
        });
  }

  private static void list(WorkspaceFiles files, Path folder, int depth, List<String> lines)
      throws IOException {
    for (var each : files.list(folder, NAMES_MAX)) {
      if (lines.size() > NAMES_MAX) return;
      lines.add(line(folder, each));
      if (each.found().kind() != FileTree.Kind.FOLDER || depth <= 1) continue;
      if (each.name().equals(".git")) continue;
      try {
        list(files, folder.resolve(each.path()), depth - 1, lines);
      } catch (IOException _) {
        lines.add(line(folder, each) + " (cannot be looked into)");
      }
    }
  }

  private static String line(Path folder, Named each) {
    var path = Parameters.shortened(folder.toString(), 300);
    var name = (path.isEmpty() ? "" : path + "/") + each.name();
    return switch (each.found().kind()) {
      case FOLDER -> name + "/";
      case LINK -> name + " -> " + Parameters.shortened(each.found().leadsTo(), 200) + " (a link)";
      case FILE -> "%s, %d bytes".formatted(name, each.found().bytes());
      case OTHER -> name + " (a socket, pipe or device)";
    };
  }

  /// Never longer than a model is told at once.
  static Said said(String text) {
    return new Said(
        ToolOutcome.of(
            text.length() <= ToolOutcome.TEXT_MAX
                ? text
                : text.substring(0, ToolOutcome.TEXT_MAX - 20) + "\n=== cut here"));
  }

  private FileTools() {}
}
