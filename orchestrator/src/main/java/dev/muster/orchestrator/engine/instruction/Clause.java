package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names of one clause of DEPENDENCIES, until its end is reached: what comes behind them may
/// still turn them round, as in "WORKER_005 depends on this".
final class Clause {
  private static final Pattern COMPLETE =
      Pattern.compile("(?i)^phase|complet|finish|done|execut|passed|deliver|output|result");
  private static final Pattern LABEL_OF_FILES =
      Pattern.compile(
          "(?i)^[^:]{0,40}\\b(?:templates?|originals?|references?|examples?|documents?|documentation|"
              + "specs?|specifications?|sources?|files?|paths?|director(?:y|ies))\\b[^:]{0,20}:");
  private static final int JOINTS_CHARS_MAX = 500;
  private static final String NOT_SAID = "it is not said whether to wait for it";

  /// @param file whether it stands in the name of a file
  record Named(Reference reference, boolean file, int start, int end, @Nullable Cue cue) {
    Named turned(@Nullable Cue by) {
      return new Named(reference, file, start, end, by);
    }
  }

  private final String text;
  private final DependencyReader.Own own;
  private final DependencySink sink;
  private final List<Named> names = new ArrayList<>();

  Clause(String text, DependencyReader.Own own, DependencySink sink) {
    this.text = text;
    this.own = own;
    this.sink = sink;
  }

  void add(Named named) {
    names.add(named);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  boolean holdsRange() {
    return names.stream().anyMatch(named -> named.reference() instanceof Reference.Range);
  }

  /// Index behind the last name; 0 when there is none.
  int end() {
    return names.isEmpty() ? 0 : names.getLast().end();
  }

  void turnAll(Cue cue) {
    names.replaceAll(named -> named.turned(cue));
  }

  /// Turns the last list of names round, up to its first.
  void turnLastList(Cue cue) {
    var end = end();
    names.replaceAll(named -> named.end() == end ? named.turned(cue) : named);
  }

  void turnLast(Cue cue) {
    if (!names.isEmpty()) names.set(names.size() - 1, names.getLast().turned(cue));
  }

  void close() {
    names.forEach(this::decide);
    names.clear();
  }

  private void decide(Named named) {
    var reference = named.reference();
    if (isPassingSelf(named)) return;
    switch (named.cue()) {
      case REVERSED, ASIDE -> sink.aside(reference);
      case UNCLEAR, NONE -> sink.unclear(reference.line(), reference.text(), NOT_SAID);
      case AWAITED -> sink.awaited(reference);
      case null -> undecided(named);
    }
  }

  private void undecided(Named named) {
    var reference = named.reference();
    if (reference instanceof Reference.Phases span) {
      phase(span);
    } else if (!named.file() || isAlone(named) || isListOfNames()) {
      sink.awaited(reference);
    } else if (!LABEL_OF_FILES.matcher(text).find()) {
      sink.unclear(reference.line(), reference.text(), "it stands in the name of a file");
    }
  }

  /// A phase is awaited where something is said of its end.
  private void phase(Reference.Phases span) {
    if (COMPLETE.matcher(text).find()) {
      sink.awaited(span);
    } else if (!own.isIn(span) && !isInParentheses()) {
      sink.unclear(span.line(), span.text(), NOT_SAID);
    }
  }

  private boolean isInParentheses() {
    var at = text.indexOf('(');
    return at >= 0 && new PhaseNames(text).next(0) > at;
  }

  /// "This is WORKER_001" in its own file; but whoever lists himself waits for himself.
  private boolean isPassingSelf(Named named) {
    return named.reference() instanceof Reference.Worker(_, var id)
        && WorkerIds.number(id) == own.number()
        && named.cue() != Cue.AWAITED
        && !isAlone(named);
  }

  /// Nothing but names: "WORKER_001_A.md, WORKER_002_B.md".
  private boolean isListOfNames() {
    var rest = new StringBuilder(text);
    var from = text.length() + 1;
    for (var named : names.reversed()) {
      if (named.start() >= from || named.end() > rest.length()) continue;
      from = named.start();
      rest.delete(from, named.end());
    }
    return rest.length() <= JOINTS_CHARS_MAX
        && rest.toString().matches("(?i)(?:\\W|\\b(?:and|or|und|oder)\\b)*");
  }

  private boolean isAlone(Named named) {
    var head = text.substring(0, Math.min(named.start(), text.length()));
    var rest = text.substring(Math.min(named.end(), text.length())).strip();
    return head.matches("[\\w./\\\\ -]*[/\\\\]|\\W*")
        && rest.matches("(?i)(?:complete[d]?|done|finished)?\\W*|[(:-].*");
  }
}
