package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.DependencyLines.Kind;
import dev.muster.orchestrator.engine.instruction.DependencyLines.Statement;
import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the workers, ranges and phases that DEPENDENCIES and the `Dependencies` line name. What
/// looks like a worker there becomes a reference, or is set aside by words that say so, or is
/// reported; nothing is passed over in silence.
final class DependencyReader implements DependencySink {
  static final int RANGE_MAX = 10_000;

  private static final int UNCLEAR_MAX = 20;
  private static final int LOOSE_MAX = 100;
  private static final Pattern SOMEBODY = Pattern.compile("(?i)\\b(?:workers?|previous|prior)\\b");
  private static final Pattern STRUCK =
      Pattern.compile("~~(.{1,500}?)~~|<(?:del|s|strike)>(.{1,500}?)</(?:del|s|strike)>");

  /// `!WORKER_003`: said to be something else, and not what.
  private static final Pattern CROSSED =
      Pattern.compile("(?i)(?:🚫|(?<![\\p{L}\\p{N}])!)\\uFE0F?\\s{0,9}(?=workers?[\\s_#-]?\\d)");

  private static final Pattern LABEL =
      Pattern.compile("^(\\p{L}[^:|]{0,60}?)\\s*:(?:\\s+(.*))?$", Pattern.DOTALL);
  private static final List<String> NOT_AWAITED =
      List.of("Blocks", "Blocking", "Optional", "Downstream", "Successors", "Enables", "Unblocks");
  private static final String FIX =
      "Write `- **Depends on:** WORKER_001, WORKER_002` for what it waits for, and `- **Blocks:**"
          + " …` or `- **Optional:** …` for the rest.";

  private final String file;
  private final Own own;
  private final List<Finding> findings;
  private final Map<String, Reference> references = new LinkedHashMap<>();
  private final List<Reference> spans = new ArrayList<>();
  private final Map<String, Integer> mentioned = new LinkedHashMap<>();
  private final Set<String> aside = new HashSet<>();
  private final List<String> services = new ArrayList<>();
  private final List<LooseEnds.Loose> loose = new ArrayList<>();
  private LooseEnds.@Nullable Loose lonely;
  private boolean isNobody;
  private int unclear;

  private DependencyReader(
      ParsedInstruction parsed, @Nullable Phase phase, List<Finding> findings) {
    var id = parsed.fileId() != null ? parsed.fileId() : parsed.headingId();
    this.file = parsed.file();
    this.own = new Own(id == null ? -1 : WorkerIds.number(id), phase);
    this.findings = findings;
  }

  /// The worker whose file is read.
  ///
  /// @param number -1 when it has none
  record Own(int number, @Nullable Phase phase) {
    boolean isIn(Reference.Phases span) {
      return phase != null && phase.within(span.from(), span.to());
    }
  }

  /// @param services what else must be there, in the file's own words
  /// @param loose lines that name no worker
  record Dependencies(
      List<Reference> references, List<String> services, List<LooseEnds.Loose> loose) {}

  static Dependencies read(
      ParsedInstruction parsed, @Nullable Phase phase, List<Finding> findings) {
    var reader = new DependencyReader(parsed, phase, findings);
    for (var lines : parsed.dependencyLines()) {
      reader.section(new Section("", 1, lines, List.of()));
    }
    parsed.sections(Point.DEPENDENCIES).forEach(reader::section);
    Elsewhere.named(parsed, it -> reader.references.values().stream().anyMatch(r -> r.holds(it)))
        .forEach(it -> reader.report(it.line(), it.text()));
    reader.leftOver();
    reader.exceptions();
    reader.nobody();
    return new Dependencies(
        List.copyOf(reader.references.values()),
        List.copyOf(reader.services),
        List.copyOf(reader.loose));
  }

  private void section(Section section) {
    var scopes = new DependencyScopes();
    var table = new DependencyTable();
    for (var statement : DependencyLines.of(section)) {
      if (statement.kind() != Kind.ROW && statement.kind() != Kind.RULE) table.end();
      switch (statement.kind()) {
        case BLANK -> {}
        case RULE -> table.rule();
        case ROW -> row(statement, table, scopes);
        case OUTSIDE ->
            Explanation.names(PlainText.of(statement.text()))
                .forEach(id -> explained(statement.line(), id));
        case HEADING, ITEM, PARAGRAPH -> statement(statement, scopes);
      }
    }
    for (Line line : section.lines()) {
      if (line.text().length() >= MarkdownScanner.LINE_CHARS_MAX) {
        report(
            line.number(),
            "the line is longer than "
                + MarkdownScanner.LINE_CHARS_MAX
                + " characters; the rest of it is not read");
      }
    }
  }

  private void row(Statement statement, DependencyTable table, DependencyScopes scopes) {
    for (var cell : table.row(withoutStruck(statement), own.number())) {
      if (cell.other()) {
        Explanation.names(cell.text()).forEach(id -> explained(statement.line(), id));
      } else {
        sentence(cell.text(), statement.line(), cell.cue() != null ? cell.cue() : scopes.current());
      }
    }
  }

  private void statement(Statement statement, DependencyScopes scopes) {
    var text = PlainText.of(withoutStruck(statement));
    var label = LABEL.matcher(text);
    var isLabel = label.matches() && isKey(label.group(1));
    var alone = Cue.isAll(text) || (isLabel && isEmpty(label.group(2)));
    var heading = statement.kind() == Kind.HEADING;
    scopes.enter(statement, isLabel || alone);
    var before = references.size();
    if (heading ? WorkerNames.in(text) : !alone) {
      var scope = scopes.current();
      var spelt = isLabel ? misspelt(statement, label.group(1)) : null;
      sentence(text, statement.line(), spelt != null ? spelt : scope);
    }
    if (isLabel || alone || heading) {
      var key = isLabel ? label.group(1) : text;
      var cue = Cue.ofLabel(key);
      if (cue == null && alone) cue = misspelt(statement, key);
      scopes.label(statement, cue, alone);
    }
    noteLoose(statement, text, alone, references.size() == before);
    var subject = isLabel ? label.group(1) : text;
    if (references.size() == before && subject.toLowerCase(Locale.ROOT).contains("service")) {
      services.add(ItemText.orPlain(statement.text()));
    }
  }

  /// What may mean somebody all the same, unless it says that nobody is meant.
  private void noteLoose(Statement statement, String text, boolean alone, boolean namesNobody) {
    var cue = Cue.next(text, 0);
    isNobody |= cue != null && cue.cue() == Cue.NONE;
    if (!alone && text.indexOf(',') > 0 && WorkerNames.in(text)) besides(statement.line(), text);
    if (!namesNobody || WorkerNames.in(text) || (cue != null && cue.cue() != Cue.AWAITED)) return;
    var somebody = alone && SOMEBODY.matcher(text).find();
    if (somebody && lonely == null) lonely = new LooseEnds.Loose(statement.line(), text);
    if (!alone && loose.size() < LOOSE_MAX) {
      loose.add(new LooseEnds.Loose(statement.line(), text));
    }
  }

  /// `WORKER_003, Peer`: what stands between names may be the title of somebody, too.
  private void besides(int line, String text) {
    for (var part : text.replaceAll("\\([^()]*\\)", " ").split("[,;]", -1)) {
      if (WorkerNames.in(part) || part.isBlank() || loose.size() >= LOOSE_MAX) continue;
      loose.add(new LooseEnds.Loose(line, part.strip()));
    }
  }

  /// A label such as `Previous worker` with nobody anywhere below it.
  private void nobody() {
    var said = lonely;
    if (said == null || isNobody || !references.isEmpty() || !mentioned.isEmpty()) return;
    if (aside.isEmpty() && unclear == 0) {
      report(said.line(), "'" + said.text() + "' is not waited for: it names nobody");
    }
  }

  private static boolean isEmpty(@Nullable String value) {
    return value == null || value.isBlank();
  }

  private static boolean isKey(String key) {
    return !WorkerNames.in(key) && new PhaseNames(key).next(0) < 0;
  }

  /// A label that is nearly one of those that name nobody to wait for.
  private @Nullable Cue misspelt(Statement statement, String key) {
    if (Cue.ofLabel(key) != null) return null;
    var meant = Spelling.meant(key, NOT_AWAITED);
    if (meant == null) return null;
    report(statement.line(), "'" + key + "' is no label; did you mean '" + meant + "'?");
    return Cue.ofLabel(meant);
  }

  private void sentence(String text, int line, @Nullable Cue scope) {
    new DependencySentence(CROSSED.matcher(text).replaceAll("excluding "), line, own, scope, this)
        .read();
    spans.forEach(span -> references.putIfAbsent(span.text(), span));
    spans.clear();
    NearNames.in(text).forEach(near -> report(line, near));
    IntPredicate awaited = it -> references.values().stream().anyMatch(r -> r.holds(it));
    Either.in(text, awaited)
        .forEach(either -> report(line, "'" + either + "': each of them is waited for"));
    var failure = Either.failure(text, awaited);
    if (failure != null)
      report(line, "'" + failure + "': this worker does not run when one that it waits for fails");
  }

  /// What is struck out is not waited for, and that is said.
  private String withoutStruck(Statement statement) {
    var text = statement.text();
    if (text.indexOf('~') < 0 && text.indexOf('<') < 0) return text;
    var match = STRUCK.matcher(text);
    while (match.find()) {
      var words = match.group(1) != null ? match.group(1) : match.group(2);
      for (var id : Explanation.names(PlainText.of(words))) {
        report(statement.line(), id + " is struck out and not waited for");
      }
    }
    return STRUCK.matcher(text).replaceAll(" ");
  }

  @Override
  public void awaited(Reference reference) {
    if (reference instanceof Reference.Range range
        && (range.to() < range.from() || range.size() > RANGE_MAX)) {
      findings.add(
          Finding.of(
              Code.INVALID_DEPENDENCY,
              file,
              range.line(),
              "the range " + range.text() + " is empty or longer than " + RANGE_MAX,
              "Write the lower number first, as in WORKER_088-093."));
    } else if (reference instanceof Reference.Phases) {
      spans.add(reference);
    } else {
      references.putIfAbsent(reference.text(), reference);
    }
  }

  @Override
  public void aside(Reference reference) {
    aside.add(reference.text());
  }

  @Override
  public void unclear(int line, String what, String why) {
    report(line, "'" + what + "' is not waited for: " + why);
  }

  @Override
  public void explained(int line, String id) {
    mentioned.putIfAbsent(id, line);
  }

  /// Who is only mentioned, and is neither waited for nor set aside anywhere.
  private void leftOver() {
    mentioned.forEach((id, line) -> {
      var number = WorkerIds.number(id);
      var known =
          number == own.number()
              || aside.contains(id)
              || references.values().stream().anyMatch(r -> r.holds(number));
      if (!known) {
        report(
            line,
            id
                + " is only mentioned, in an explanation, a command or behind a rule, and is not"
                + " waited for");
      }
    });
  }

  /// Who is set aside and stands in a range all the same: "WORKER_001-010, but not 004".
  private void exceptions() {
    for (var reference : references.values()) {
      if (!(reference instanceof Reference.Range range)) continue;
      aside.stream()
          .filter(id -> range.holds(WorkerIds.number(id)))
          .sorted()
          .forEach(id ->
              report(range.line(), id + " is set aside, but waited for as one of " + range.text()));
    }
  }

  private void report(int line, String message) {
    if (unclear++ >= UNCLEAR_MAX) return;
    findings.add(Finding.of(Code.UNCLEAR_DEPENDENCY, file, line, message, FIX));
  }
}
