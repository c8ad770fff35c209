package dev.muster.cli.view;

import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.client.Api;
import dev.muster.protocol.approval.Enforced;
import dev.muster.protocol.approval.Preview.Change;
import dev.muster.protocol.approval.Preview.Deletion;
import dev.muster.protocol.approval.Preview.Place;
import dev.muster.protocol.approval.Preview.Unforeseen;
import dev.muster.protocol.text.Scrutiny;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.ApprovalPreview;
import java.util.ArrayList;
import java.util.List;

/// What the runtime foresees of an operation, in lines. Every name and every line of a file in it
/// was written by others.
public final class PreviewWords {
  private final Terminal terminal;
  private final List<String> lines = new ArrayList<>();

  private PreviewWords(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Nothing where nobody has looked ahead.
  public static List<String> of(Api api, Approval approval, Terminal terminal) {
    var bound = approval.bound();
    if (bound == null || bound.preview() == null) return List.of();
    return lines(api.deciding().preview(approval.id()).view(), terminal);
  }

  private static List<String> lines(ApprovalPreview seen, Terminal terminal) {
    var words = new PreviewWords(terminal);
    words.lines.add("  foreseen   by Muster, not by the worker; nothing was run");
    seen.places().forEach(words::place);
    seen.deletions().forEach(words::deletion);
    seen.changes().forEach(words::change);
    seen.unforeseen().forEach(words::unforeseen);
    seen.notes().forEach(note -> words.lines.add("    note     " + Scrutiny.line(note)));
    if (seen.deletions().isEmpty() && seen.changes().isEmpty() && seen.unforeseen().isEmpty()) {
      words.lines.add("    nothing is deleted or written, as far as its script says");
    }
    return words.kept(seen);
  }

  /// From what is enforced, and not from what the worker was told.
  private List<String> kept(ApprovalPreview seen) {
    var enforced = seen.enforced();
    if (enforced != null) {
      lines.add("  kept to    by Muster, whatever it was told");
      named("runs", enforced.commands());
      named("network", List.of(enforced.network()));
      named("writes", enforced.writes());
      named("never", enforced.forbids());
      named("asked to", enforced.unenforced());
      named("finds", enforced.places().stream().map(PreviewWords::found).toList());
    }
    named("shares", seen.overlaps().stream().map(PreviewWords::shared).toList());
    return lines;
  }

  private void named(String what, List<String> all) {
    for (var each : all) {
      var head = "    %-8s ".formatted(what);
      lines.addAll(Hanging.lines(head, Scrutiny.line(each), terminal.lineColumns()));
    }
  }

  private static String found(Enforced.Place it) {
    return "%s (%s): %s".formatted(it.path(), it.writable() ? "to write" : "to read", it.what());
  }

  private static String shared(ApprovalPreview.Overlap it) {
    var more = it.count() - it.workers().size();
    return "%s with %s%s, never at the same time"
        .formatted(
            it.path(), String.join(", ", it.workers()), more > 0 ? " and " + more + " more" : "");
  }

  private static String size(long files, long bytes) {
    return "%s, %s".formatted(Text.count(files, "file"), Text.count(bytes, "byte"));
  }

  private void place(Place it) {
    lines.add(
        "    at most  %s: %s lie there"
            .formatted(Scrutiny.line(it.path()), size(it.files(), it.bytes())));
  }

  private void deletion(Deletion it) {
    var words =
        "    deletes  %s: %s".formatted(Scrutiny.line(it.path()), size(it.files(), it.bytes()));
    lines.add(terminal.styledMessage(Style.RED, words));
    it.names().forEach(name -> lines.add("      - " + Scrutiny.line(name)));
    var more = it.files() - it.names().size();
    if (more > 0) lines.add("      and %d more".formatted(more));
  }

  private void change(Change it) {
    var before = it.before() == null ? "new" : it.bytesBefore() + " bytes before";
    lines.add(
        terminal.styledMessage(
            Style.YELLOW,
            "    writes   %s: %s, %s"
                .formatted(Scrutiny.line(it.path()), before, Text.count(it.bytesAfter(), "byte"))));
    var diff = it.diff();
    if (diff != null) for (var line : Scrutiny.lines(diff)) lines.add("      " + line);
    if (it.why() != null) lines.add("      (" + Scrutiny.line(it.why()) + ")");
  }

  private void unforeseen(Unforeseen it) {
    lines.add(
        terminal.styledMessage(Style.YELLOW, "    cannot be foreseen: " + Scrutiny.line(it.why())));
    for (var line : Scrutiny.lines(it.command())) lines.add("      | " + line);
    it.names()
        .forEach(name ->
            lines.add(
                "      names %s: %s"
                    .formatted(Scrutiny.line(name.path()), size(name.files(), name.bytes()))));
  }
}
