package dev.muster.orchestrator.engine.instruction;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one statement of DEPENDENCIES from left to right. Words that say what for (`depends on`,
/// `blocks`, `optional`) hold for the workers behind them until the sentence ends or other such
/// words come; a label's hold for the whole statement.
final class DependencySentence {
  static final Pattern THIS =
      compile(
          "\\s*(?:(?:on|for|by|of|from|the|to|until|all|outputs?|results?|work|before|after)\\s+){0,3}"
              + "(?:this|it|us|me|ours?|its)\\b(?:\\s+(?:worker|one|task|file|step))?");
  private static final Pattern NAMED_NEXT =
      compile("\\s*(?:(?:on|for|by|of|from|to)\\s+)?worker[\\s_#-]*(\\d{1,9})(?!\\d)");
  private static final int COPULA_CHARS_MAX = 100;
  private static final Pattern COPULA =
      compile(
          "(?:[\\s,:=-]|\\b(?:is|are|was|were|will|be|being|remains?|stays?|only|now|still|comes?|"
              + "runs?|starts?|just|both|all|which|that|it|they|ist|sind|nur|est|sont|son)\\b)*");
  private static final Pattern COLON =
      compile("(?:\\s*\\([^()]{0,80}\\))?(?:\\s+(?:workers?|tasks?|by|on|for|of)){0,4}\\s*:");
  private static final Pattern NUMBERS =
      compile(
          "(?:\\s*(?:on|workers?|nos?\\.?|numbers?|:)){0,4}\\s*#?(\\d{1,9}(?:\\s*(?:,|;|and|&|\\+|/|-|\\.\\.+|to|down\\s*to|through)\\s*#?\\d{1,9}){0,200})"
              + "\\s*(?:\\([^()]*\\)\\s*)?(?:(?:are|is|have|has|be|been|must|complete[d]?|done|finish(?:ed)?|first)\\b\\s*){0,6}"
              + "(?:[.;]|$|(?=\\s*,?\\s*(?:but|except|without|not|aber|ohne|außer)\\b)|(?=\\s*(?:,|and|&|\\+|/)\\s*(?:and\\s+)?(?:workers?[\\s_#-]*|W|#)\\d))");
  private static final Pattern END = Pattern.compile("[.!?](?=\\s|$)|;");
  private static final Pattern CANNOT =
      compile(
          "\\b(?:cannot|can't|can\\s+not|impossible|won't|will\\s+not|fails?|nothing|not|unable|no)\\b");

  private static final Pattern EXCEPT =
      compile("(?:except|excluding|other|apart|without|ohne|außer|sauf|salvo).*");

  /// As labels they say that the others wait; in running text they may mean either.
  private static final Set<String> PLAIN_AS_LABELS = Set.of("vor", "blockiert", "nachfolger");

  private final String text;
  private final int line;
  private final DependencyReader.Own own;
  private final DependencySink sink;
  private final WorkerNames names;
  private final PhaseNames phases;
  private final Clause clause;
  private final Arrows arrows;
  private @Nullable Cue base;
  private @Nullable Cue cue;
  private int cueEnd;
  private boolean cueOpen;
  private boolean namedAny;

  /// @param own the worker whose file this is
  /// @param scope what the label or heading above says; null when nothing
  DependencySentence(
      String text, int line, DependencyReader.Own own, @Nullable Cue scope, DependencySink sink) {
    this.text = text;
    this.line = line;
    this.own = own;
    this.sink = sink;
    this.names = new WorkerNames(text);
    this.phases = new PhaseNames(text);
    this.clause = new Clause(text, own, sink);
    this.arrows = new Arrows(text, this::isSelf);
    this.base = scope;
    this.cue = scope;
  }

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  void read() {
    var at = numbersOnly() ? text.length() : 0;
    var end = END.matcher(text);
    Cue.Found nextCue = null;
    var nextName = -2;
    var nextPhase = -2;
    var nextEnd = -2;
    while (at < text.length()) {
      if (nextCue == null || nextCue.start() < at) nextCue = cueAt(at);
      if (nextName != -1 && nextName < at) nextName = names.next(at);
      if (nextPhase != -1 && nextPhase < at) nextPhase = phases.next(at);
      if (nextEnd != -1 && nextEnd < at) nextEnd = end.find(at) ? end.start() : -1;
      var first = least(nextCue.start(), nextName, nextPhase, nextEnd);
      if (first == Integer.MAX_VALUE) break;
      if (first == nextEnd) {
        at = end(nextEnd);
      } else if (first == nextName) {
        at = names(nextName);
      } else if (first == nextPhase) {
        at = phases(nextPhase);
      } else {
        at = cue(nextCue);
      }
    }
    clause.close();
    vague();
  }

  private static int least(int a, int... others) {
    var least = a;
    for (var other : others) if (other >= 0 && other < least) least = other;
    return least;
  }

  private Cue.Found cueAt(int from) {
    var found = Cue.next(text, from);
    return found == null ? new Cue.Found(Cue.NONE, Integer.MAX_VALUE, Integer.MAX_VALUE) : found;
  }

  /// A whole item that is a number, or several: `- 001, 002`.
  private boolean numbersOnly() {
    if (text.matches("\\d{1,9}(?:\\s+\\d{1,9}){1,50}")) {
      sink.unclear(line, text, "these may be the numbers of workers");
      return true;
    }
    var match = NUMBERS.matcher(text);
    if (WorkerNames.in(text) || !match.lookingAt() || match.end() < text.length()) return false;
    if (base == null && match.group(1).length() < 3) {
      sink.unclear(line, text, "it may be the number of a worker");
    } else {
      list(names.numbers(match.start(1), match.start(1)));
      clause.close();
    }
    return true;
  }

  /// Behind a semicolon a list goes on when nothing but names stands there.
  private int end(int at) {
    clause.close();
    var rest = text.substring(at + 1);
    var goesOn =
        text.charAt(at) == ';'
            && rest.matches("(?i)\\s*(?:" + WorkerNames.START + ")\\d+\\s*(?:[,;.].*|$)");
    var nobody = cue == Cue.NONE && base == null;
    if (!goesOn && !nobody) cue = base;
    cueOpen = false;
    return at + 1;
  }

  private int cue(Cue.Found found) {
    var meaning = meaning(found);
    var behind = THIS.matcher(text).region(found.end(), text.length());
    var ofThis = behind.lookingAt() || isSelf(found.end());
    if (ofThis && (!clause.isEmpty() || behind.lookingAt())) {
      var turned =
          meaning == Cue.AWAITED ? Cue.REVERSED : meaning == Cue.REVERSED ? Cue.AWAITED : meaning;
      if (clause.isEmpty()) {
        take(turned, behind.end());
      } else {
        clause.turnAll(turned);
        clause.close();
      }
      return behind.lookingAt() ? behind.end() : found.end();
    }
    var excepts = found.cue() == Cue.UNCLEAR && meaning == Cue.ASIDE;
    if (meaning == Cue.ASIDE && !excepts && !clause.isEmpty() && isBehind(found)) {
      clause.turnLastList(Cue.ASIDE);
      clause.close();
      cue = base;
      return found.end();
    }
    if (found.cue() != Cue.AWAITED || !cueOpen || !goesOn(found)) take(meaning, found.end());
    var numbers = NUMBERS.matcher(text).region(found.end(), text.length());
    if (numbers.lookingAt() && (cue != Cue.UNCLEAR || numbers.group(1).startsWith("0"))) {
      return list(names.numbers(numbers.start(1), numbers.start(1)));
    }
    return found.end();
  }

  private void take(Cue meaning, int end) {
    cue = meaning;
    cueEnd = end;
    cueOpen = meaning != Cue.AWAITED && meaning != Cue.REVERSED;
    if (COLON.matcher(text).region(end, text.length()).lookingAt()) base = meaning;
  }

  /// "Does not need to | wait for X": one negation for both.
  private boolean goesOn(Cue.Found found) {
    var between = text.substring(cueEnd, found.start());
    return between.matches("[\\p{L}\\s':-]{0,30}")
        && !between.matches("(?is).*\\b(?:but|and|only|except)\\b.*");
  }

  private boolean isBehind(Cue.Found found) {
    var last = clause.end();
    return last <= found.start()
        && !text.substring(found.start(), found.end()).toLowerCase(Locale.ROOT).endsWith("not")
        && found.start() - last <= COPULA_CHARS_MAX
        && COPULA.matcher(text.substring(last, found.start())).matches()
        && names.next(found.end()) != nextWord(found.end());
  }

  private int nextWord(int from) {
    var at = from;
    while (at < text.length() && " :".indexOf(text.charAt(at)) >= 0) at++;
    return at;
  }

  private boolean isSelf(int from) {
    var named = NAMED_NEXT.matcher(text).region(from, text.length());
    return named.lookingAt() && Integer.parseInt(named.group(1)) == own.number();
  }

  private Cue meaning(Cue.Found found) {
    var words = text.substring(found.start(), found.end()).toLowerCase(Locale.ROOT);
    if (found.cue() == Cue.UNCLEAR
        && cue == Cue.NONE
        && words.matches("except.*|other.*|apart.*|but.*")) {
      return Cue.AWAITED;
    }
    if (found.cue() == Cue.UNCLEAR && words.matches("(?:but|aber|sondern).*")) {
      return cue == Cue.ASIDE ? Cue.AWAITED : Cue.UNCLEAR;
    }
    if (clause.holdsRange() && EXCEPT.matcher(words).matches()) return Cue.ASIDE;
    if (PLAIN_AS_LABELS.contains(words)
        && !COLON.matcher(text).region(found.end(), text.length()).lookingAt()) {
      return Cue.UNCLEAR;
    }
    if (words.equals("without")) return without(found);
    var label = words.equals("before") && found.start() == 0 && text.startsWith(":", found.end());
    return label ? Cue.UNCLEAR : found.cue();
  }

  /// "Without X this cannot start" waits for X, "works without X" does not, and else it is not
  /// said.
  private Cue without(Cue.Found found) {
    var head = text.substring(Math.max(0, found.start() - 40), found.start());
    if (compile("\\b(?:can|may|works?|runs?|starts?|possible|usable|able|fine)\\b[^.;]*$")
        .matcher(head)
        .find()) {
      return Cue.ASIDE;
    }
    return CANNOT.matcher(text.substring(found.end())).find() ? Cue.AWAITED : Cue.UNCLEAR;
  }

  private int names(int start) {
    var read = names.read(start);
    if (read.end() <= start) return start + 1;
    return list(read);
  }

  private int list(WorkerNames.Names read) {
    for (var name : read.names()) add(name, read);
    if (read.doubt() != null) {
      sink.unclear(line, read.doubt(), "it may or may not be the number of a worker");
    }
    if (read.names().isEmpty()) return read.end();
    namedAny = true;
    cueOpen = false;
    var behind = explanation(read.end());
    var more = behind > read.end() ? names.goesOn(behind) : -1;
    return more < 0 ? behind : list(names.numbers(more, more));
  }

  private void add(WorkerNames.Name name, WorkerNames.Names read) {
    var self = name.to() == null && Integer.parseInt(name.from()) == own.number();
    if (arrows.leaves(name.end(), self)) return;
    var meaning = arrows.isBeyond(name.end()) ? Cue.UNCLEAR : cue;
    clause.add(new Clause.Named(reference(name), name.file(), read.start(), read.end(), meaning));
  }

  private Reference reference(WorkerNames.Name name) {
    var to = name.to();
    if (to == null) return new Reference.Worker(line, WorkerIds.PREFIX + name.from());
    return new Reference.Range(
        line, Integer.parseInt(name.from()), Integer.parseInt(to), name.from().length());
  }

  private int phases(int start) {
    var read = phases.read(start, line);
    for (var span : read.references()) {
      clause.add(new Clause.Named(span, false, start, read.end(), cue));
    }
    return Math.max(read.end(), start + 1);
  }

  /// What stands in parentheses, or behind a colon or dash, explains the name and adds nothing.
  private int explanation(int from) {
    var end = Explanation.end(text, from);
    if (end == from) return from;
    var words = text.substring(from, end);
    var turned = Explanation.turns(words);
    if (turned != null) clause.turnLast(turned);
    Explanation.names(words).forEach(id -> sink.explained(line, id));
    Explanation.except(words).forEach(id -> sink.aside(new Reference.Worker(line, id)));
    return end;
  }

  private void vague() {
    if (namedAny || cue == Cue.NONE || base == Cue.REVERSED || base == Cue.ASIDE) return;
    var vague = phases.next(0) < 0 ? Vague.in(text) : null;
    if (vague != null) sink.unclear(line, vague, "it names nobody");
  }
}
