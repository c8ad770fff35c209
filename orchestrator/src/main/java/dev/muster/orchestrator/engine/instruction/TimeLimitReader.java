package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the time limit of an attempt: the degradation limit under PERFORMANCE_REQUIREMENTS, else
/// what follows from the estimate.
final class TimeLimitReader {
  private static final List<String> ESTIMATES =
      List.of("Duration", "Estimated Time", "Time estimate", "Estimate");

  private static final Pattern DEGRADATION = Pattern.compile("(?i)degradation\\s+limit");

  /// Other names, as whole labels: a `Connection timeout` is not the attempt's.
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?:time\\s*-?\\s*limit|zeitlimit|zeitgrenze|time-?\\s?out|hard limit"
              + "|max(?:imum|\\.)? (?:run\\s?time|duration|execution time))");

  /// The same said in a sentence.
  private static final Pattern SAID =
      Pattern.compile(
          "(?i)^(?:abort|kill|stop|terminate|cancel)\\b.*\\bafter\\b|^(?:if|when)\\s+(?:the\\s+)?"
              + "(?:execution|it|this|work|worker|run|task)\\b.*(?:>|longer|more than|over|exceed"
              + "|beyond).*\\b(?:abort|kill|stop|terminate|cancel|escalate)");

  private static final Pattern CLAUSES = Pattern.compile("[,;.](?=\\s)|\\s(?:and|but|then)\\s");
  private static final Pattern ENDS =
      Pattern.compile("(?i)\\b(?:abort|kill|stop|terminate|cancel)(?:s|ed)?\\b");

  private final ParsedInstruction parsed;
  private final List<Finding> findings;

  private TimeLimitReader(ParsedInstruction parsed, List<Finding> findings) {
    this.parsed = parsed;
    this.findings = findings;
  }

  /// An estimate with the line it stands in.
  private record Estimate(Duration duration, int line) {}

  static TimeLimit read(ParsedInstruction parsed, List<Finding> findings) {
    return new TimeLimitReader(parsed, findings).read();
  }

  private TimeLimit read() {
    var estimate = estimate();
    var duration = estimate == null ? null : estimate.duration();
    var derived =
        estimate == null
            ? TimeLimit.byDefault()
            : TimeLimit.ofEstimate(estimate.duration(), estimate.line());
    Line unread = null;
    for (var line : statements()) {
      var from = start(line.text());
      var limit = from < 0 ? null : limit(line.text().substring(from));
      if (limit != null) return TimeLimit.written(limit, duration, line.number());
      if (from >= 0 && unread == null) unread = line;
    }
    if (unread != null) report(unread, derived);
    return derived;
  }

  /// Those that speak of a degradation limit first.
  private List<Line> statements() {
    return parsed.sections(Point.PERFORMANCE_REQUIREMENTS).stream()
        .flatMap(section -> section.statements().stream())
        .sorted(Comparator.comparing(line -> !DEGRADATION.matcher(line.text()).find()))
        .toList();
  }

  /// Where a statement begins to speak of the limit; -1 when it does not.
  private static int start(String text) {
    var degradation = DEGRADATION.matcher(text);
    if (degradation.find()) return degradation.start();
    var label = Label.of(text);
    var named = label != null && NAME.matcher(label.key()).matches();
    return named || SAID.matcher(text).find() ? 0 : -1;
  }

  /// Of "over 10 minutes warn, over 20 minutes abort" what is said beside the end.
  private static @Nullable Duration limit(String text) {
    for (var clause : CLAUSES.split(text, -1)) {
      var limit = ENDS.matcher(clause).find() ? Durations.in(clause) : null;
      if (limit != null && !limit.isZero()) return limit;
    }
    var limit = Durations.in(text);
    return limit == null || limit.isZero() ? null : limit;
  }

  private void report(Line line, TimeLimit instead) {
    findings.add(
        Finding.of(
            Code.INVALID_LIMIT,
            parsed.file(),
            line.number(),
            "no time can be read out of '%s', so the limit of an attempt is %s: %s"
                .formatted(
                    line.text().length() > 80 ? line.text().substring(0, 80) + "…" : line.text(),
                    TimeLimit.words(instead.limit()),
                    instead.from(parsed.fileName())),
            "Write it in digits with a unit: Degradation limit: if it takes >20 minutes, abort."));
  }

  private @Nullable Estimate estimate() {
    for (var name : ESTIMATES) {
      var field = parsed.field(name);
      var duration = field == null ? null : Durations.in(field.value());
      if (field != null && duration != null) return new Estimate(duration, field.line());
    }
    for (var section : parsed.sections(Point.RETROSPECTIVE)) {
      for (var line : section.statements()) {
        var label = Label.of(line.text());
        if (label == null || !label.is("Time estimate")) continue;
        var duration = Durations.in(label.value());
        return duration == null ? null : new Estimate(duration, line.number());
      }
    }
    return null;
  }
}
