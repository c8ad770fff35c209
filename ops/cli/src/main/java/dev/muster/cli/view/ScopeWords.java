package dev.muster.cli.view;

import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.protocol.run.DeliveryConflict;
import dev.muster.protocol.run.RunScope;
import dev.muster.protocol.run.RunScope.Note;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.RunView.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How much of its folder a run carries out, in words. What was left out is named wherever the run
/// is shown.
public final class ScopeWords {
  private static final int NAMED_MAX = 5;
  private static final int CODES_MAX = 8;

  private ScopeWords() {}

  /// `INCOMPLETE: 2 of 3 were left out: WORKER_002, WORKER_003`; null for a whole run.
  public static @Nullable String leftOut(RunView run) {
    var leftOut = run.scope().leftOut();
    if (leftOut.total() == 0) return null;
    var named =
        leftOut.items().stream()
            .limit(NAMED_MAX)
            .map(ScopeWords::name)
            .collect(Collectors.joining(", "));
    var more = leftOut.total() - Math.min(NAMED_MAX, leftOut.items().size());
    return "INCOMPLETE: "
        + leftOut.total()
        + " of "
        + (run.workers().total() + leftOut.total())
        + " left out: "
        + Text.line(named)
        + more(more);
  }

  /// Below a list that shows only those who take part.
  public static void say(Terminal terminal, RunView run) {
    lacks(run).forEach(lack -> terminal.say(lack + "; see: `muster runs show " + run.id() + "`"));
  }

  /// What a run lacks however well it went.
  public static List<String> lacks(RunView run) {
    var lacks = new ArrayList<String>();
    var leftOut = leftOut(run);
    if (leftOut != null) lacks.add(leftOut);
    var ignored = run.scope().ignored().total();
    if (ignored > 0) lacks.add(Text.count(ignored, "passage") + " of its files ignored");
    var results = run.results();
    if (results != null && !results.written()) {
      lacks.add("results not written: " + Text.line(String.valueOf(results.failure())));
    }
    return lacks;
  }

  /// `report.txt: WORKER_002's is there, WORKER_001's in conflicts/WORKER_001/report.txt`.
  static String conflict(DeliveryConflict conflict) {
    var shown =
        conflict.kept().entrySet().stream()
            .limit(NAMED_MAX)
            .map(it -> it.getValue() + "'s in " + it.getKey())
            .collect(Collectors.joining(", "));
    var more = conflict.others() - Math.min(NAMED_MAX, conflict.kept().size());
    return conflict.path() + ": " + conflict.stands() + "'s is there, " + shown + more(more);
  }

  private static String name(Note note) {
    var worker = note.worker();
    return worker == null ? note.file() : worker;
  }

  private static String more(int more) {
    return more > 0 ? " and " + more + " more" : "";
  }

  /// One line for each, with the reason and where it stands.
  public static List<String> lines(Notes notes, int linesMax) {
    var lines = new ArrayList<String>();
    notes.items().stream().limit(linesMax).forEach(note -> lines.add(line(note)));
    var more = notes.total() - lines.size();
    if (more > 0) lines.add("and " + more + " more");
    return lines;
  }

  private static String line(Note note) {
    var worker = note.worker();
    var whom = worker == null ? "" : worker + ": ";
    return Text.line(whom + note.reason() + " (" + note.file() + ":" + note.line() + ")");
  }

  /// Errors beyond those that left something out, and the warnings counted.
  public static List<String> findings(RunView run, String folder, int errorsMax) {
    var findings = run.scope().findings();
    var lines = new ArrayList<String>();
    findings.worst().stream()
        .filter(found -> !filesLeftOut(run).contains(found.file()))
        .limit(errorsMax)
        .forEach(found ->
            lines.add(
                Text.line(
                    "%s:%d: error %s: %s"
                        .formatted(found.file(), found.line(), found.code(), found.message()))));
    var total = findings.errors() + findings.warnings();
    if (total > 0) {
      lines.add(
          "%s%s in the instructions (%s); `muster lint %s` shows them"
              .formatted(
                  findings.errors() > 0 ? Text.count(findings.errors(), "error") + " and " : "",
                  Text.count(findings.warnings(), "warning"),
                  codes(findings),
                  Text.quoted(folder)));
    }
    return lines;
  }

  private static Set<String> filesLeftOut(RunView run) {
    return run.scope().leftOut().items().stream().map(Note::file).collect(Collectors.toSet());
  }

  private static String codes(RunScope.Findings findings) {
    var codes = findings.codes();
    var shown =
        codes.entrySet().stream()
            .limit(CODES_MAX)
            .map(code -> code.getValue() + " " + code.getKey())
            .collect(Collectors.joining(", "));
    return Text.line(shown) + (codes.size() > CODES_MAX ? ", …" : "");
  }
}
