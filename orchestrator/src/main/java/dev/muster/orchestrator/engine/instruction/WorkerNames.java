package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a list of workers out of plain text, however it is written: `WORKER_001, 002`, `Workers
/// 1-3 and 5`, `W001`, `#001`, `WORKER_001_Title`, each with an explanation behind it.
final class WorkerNames {
  /// Letters of writings in which words go on without a blank before a name, or with a prefix.
  private static final String JOINED =
      "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\\p{IsHebrew}\\p{IsArabic}";

  private static final String WORD =
      "(?<![\\p{L}\\p{N}_&&[^"
          + JOINED
          + "]])(?<![\\p{L}&&[^"
          + JOINED
          + "]]-)workers?"
          + "(?:[\\s_]*(?:no\\.?|nr\\.?|numbers?|ids?)(?=[\\s_:#\\d]))?[\\s_]*[#:_-]?[\\s_(]*#?";
  private static final String SHORT = "(?<![\\p{L}\\p{N}_#/.-])W[-_#]?";
  private static final String HASH = "(?<![\\p{L}\\p{N}_&#/])#";

  /// The beginning of a name, up to its number.
  static final String START = "(?:" + WORD + "|" + SHORT + "|" + HASH + ")(?=\\d)";

  private static final Pattern HEAD = compile(START);
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern JOINT = Pattern.compile("[" + JOINED + "]");
  private static final Pattern FILE =
      compile(
          "(?:[_.-][\\w.-]{0,200})?\\.[a-z]{1,5}(?![\\p{L}\\p{N}])|/(?!workers?[\\s_#-]*\\d)[\\w.-]*[a-z][\\w./-]*");
  private static final Pattern TITLE =
      compile("_[\\p{L}\\p{N}][\\w\\p{L}-]*|-(?!(?:workers?[\\s_#-]*|W)\\d)\\p{L}[\\w-]*|'s\\b");
  private static final Pattern TO =
      compile(
          "\\s*(\\.{2,3}|-|~|\\bto\\b|\\bthrough\\b|\\bthru\\b|\\btill\\b|\\bbis\\b|\\bup\\s+to\\b|\\bdown\\s*to\\b)\\s*(workers?[\\s_#-]*|W(?=\\d))?#?(\\d{1,9})(?!\\d|\\.\\d)");
  private static final Pattern AND =
      compile(
          "\\s*(?:(?:,|;|/|&|\\+|\\band\\b|\\bund\\b|\\bor\\b|\\boder\\b|\\bsowie\\b|\\bas\\s+well\\s+as\\b|\\bplus\\b|\\bthen\\b|->|=>)\\s*){1,4}(?:also\\s+)?#?(?=\\d)");
  private static final Pattern UNIT =
      compile(
          "\\s*(?:%|[kmgt]i?b\\b|ms\\b|s\\b|sec|min|hour|hrs?\\b|h\\b|day|week|core|cpu|slot|file|time|test|node|byte|percent)");
  private static final Pattern BEHIND =
      compile(
          "\\s*(?:$|[.,;:)&+/'|-]|->|and\\b|und\\b|or\\b|oder\\b|sowie\\b|are\\b|is\\b|have\\b|has\\b|had\\b|must\\b|will\\b|should\\b|complete|done|"
              + "finish|execut|pass|settle|be\\b|inclusive|ready|exist|deliver|all\\b|both\\b|before\\b|when\\b|to\\b|"
              + "in\\b|for\\b|first\\b|but\\b|except\\b|without\\b|not\\b|aber\\b|ohne\\b|\\()");
  private static final Pattern NOUN_BEFORE =
      compile(
          "(?:issues?|prs?|pull|bugs?|tickets?|tests?|rules?|items?|steps?|lines?|ports?|sections?|"
              + "versions?|points?|chapters?|notes?|request)\\s*$");

  private final String text;

  WorkerNames(String text) {
    this.text = text;
  }

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /// Whether a text names a worker at all.
  static boolean in(String text) {
    return HEAD.matcher(text).find();
  }

  /// @param from digits as written
  /// @param to null for a single worker
  /// @param file whether it stands in the name of a file, which may be meant as such
  record Name(String from, @Nullable String to, boolean file, int end) {}

  /// @param doubt a text that may or may not belong to the list; null when there is none
  /// @param start index of the first letter
  /// @param end index behind the list; the start itself when there is no list after all
  record Names(List<Name> names, @Nullable String doubt, int start, int end) {}

  /// Where the next list begins; -1 when there is none.
  int next(int from) {
    var match = HEAD.matcher(text);
    var at = from;
    while (at <= text.length() && match.find(at)) {
      var hash = text.charAt(match.start()) == '#';
      if (!hash || !NOUN_BEFORE.matcher(text.substring(0, match.start())).find()) {
        return match.start();
      }
      at = match.end();
    }
    return -1;
  }

  /// Reads the list that begins with a name.
  Names read(int start) {
    var head = HEAD.matcher(text).region(start, text.length()).useTransparentBounds(true);
    return head.lookingAt() ? numbers(start, head.end()) : new Names(List.of(), null, start, start);
  }

  /// Reads the list that begins with a number.
  Names numbers(int start, int firstNumber) {
    var names = new ArrayList<Name>();
    var at = firstNumber;
    String doubt = null;
    while (true) {
      var number = at(NUMBER, at);
      if (number == null) break;
      var first = names.isEmpty();
      var width = first ? 0 : names.getFirst().from().length();
      if (!first && !belongs(number)) {
        if (number.group().length() == width && at(UNIT, number.end()) == null) doubt = around(at);
        break;
      }
      if (number.group().length() > 9) return new Names(names, around(start), start, number.end());
      if (first && isAmount(start, number.end()))
        return new Names(List.of(), null, start, number.end());
      var name = name(start, number);
      names.add(name);
      at = name.end();
      if (startsWithLetter(at))
        return new Names(names.subList(0, names.size() - 1), around(start), start, wordEnd(at));
      var more = at(AND, at);
      if (more == null) break;
      at = more.end();
    }
    return new Names(names, doubt, start, names.isEmpty() ? at : names.getLast().end());
  }

  /// `worker 2.5`, `workers 2 GB`: no number of a worker.
  private boolean isAmount(int start, int end) {
    var name = text.substring(start, end);
    if (name.contains("_") || name.matches("(?:.*\\D)?0\\d+")) return false;
    return at(Pattern.compile("\\.\\d"), end) != null || at(UNIT, end) != null;
  }

  private boolean belongs(Matcher number) {
    if (at(UNIT, number.end()) != null || at(Pattern.compile("\\.\\d"), number.end()) != null)
      return false;
    return at(BEHIND, number.end()) != null || at(TO, number.end()) != null;
  }

  private Name name(int start, Matcher number) {
    var from = number.group();
    var slashed = start > 0 && "/\\".indexOf(text.charAt(start - 1)) >= 0;
    var file = at(FILE, number.end());
    if (file != null) return new Name(from, null, true, file.end());
    var title = at(TITLE, number.end());
    var end = title == null ? number.end() : title.end();
    var ending = at(FILE, end);
    if (ending != null) return new Name(from, null, true, ending.end());
    var to = at(TO, end);
    if (to != null && isRange(to, from)) return range(from, to);
    return new Name(from, null, slashed && title != null, end);
  }

  /// Downwards only where a word says so: "012-3" may be meant as 012 to 013.
  private static Name range(String from, Matcher to) {
    var last = to.group(3);
    var down = Character.toLowerCase(to.group(1).charAt(0)) == 'd';
    if (!down || Integer.parseInt(last) > Integer.parseInt(from)) {
      return new Name(from, last, false, to.end());
    }
    var first = "0".repeat(Math.max(0, from.length() - last.length())) + last;
    return new Name(from.startsWith("0") ? first : last, from, false, to.end());
  }

  /// In words, or with blanks around the dash, what follows may be an amount: "- 20 minutes".
  private boolean isRange(Matcher to, String from) {
    if (to.group(2) != null) return true;
    if (at(UNIT, to.end()) != null) return false;
    var tight =
        !Character.isWhitespace(text.charAt(to.start()))
            && !Character.isLetter(to.group(1).charAt(0));
    return tight
        || at(BEHIND, to.end()) != null
        || (to.group(3).length() == from.length() && from.length() > 2);
  }

  /// The number that goes on with a list behind the explanation of its last name; -1 when none
  /// does.
  int goesOn(int from) {
    var more = at(AND, from);
    var number = more == null ? null : at(NUMBER, more.end());
    if (more == null || number == null || !belongs(number)) return -1;
    return more.end();
  }

  private boolean startsWithLetter(int at) {
    return at < text.length()
        && at(JOINT, at) == null
        && (Character.isLetterOrDigit(text.charAt(at)) || "*?".indexOf(text.charAt(at)) >= 0);
  }

  private int wordEnd(int from) {
    var at = from;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && text.charAt(at) != ',')
      at++;
    return at;
  }

  private String around(int start) {
    return text.substring(start, wordEnd(start)).strip();
  }

  private @Nullable Matcher at(Pattern pattern, int index) {
    var match = pattern.matcher(text).region(index, text.length()).useTransparentBounds(true);
    return match.lookingAt() ? match : null;
  }
}
