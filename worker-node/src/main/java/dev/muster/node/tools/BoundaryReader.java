package dev.muster.node.tools;

import dev.muster.node.tools.Boundaries.Act;
import dev.muster.node.tools.Rule.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what people write under BOUNDARIES. Only what leaves no doubt becomes a rule: a path, or
/// one of a few words for what was handed to the worker. A condition (`unless required`) makes a
/// line the agent's own business.
final class BoundaryReader {
  private static final Pattern LABEL =
      Pattern.compile(
          "(CAN ?NOT|CAN'T|MUST NOT|MAY NOT|DO NOT|DON'T|CAN|MAY)\\b\\s*([A-Za-z/,"
              + " ]{0,40}?)\\s*:\\s*(.*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SENTENCE =
      Pattern.compile("(CAN ?NOT|CAN'T|MUST NOT|MAY NOT|DO NOT|DON'T|CAN|MAY)\\s+([a-z]+)\\s+(.*)");
  private static final Pattern OTHER_LABEL =
      Pattern.compile("(\\*\\*)?[A-Z][A-Za-z -]{1,30}:(\\*\\*)?.*");
  private static final Pattern CONDITION =
      Pattern.compile("\\b(unless|if|except|without (?!approval)|until|when)\\b");
  private static final Pattern PATH =
      Pattern.compile(
          "(?<![\\w/.*-])((?:[\\w.*-]+/)*[\\w*-][\\w.*-]*\\.[A-Za-z0-9*]{1,8}|(?:[\\w.-]+/)+)(?![\\w/(])");
  private static final Pattern HANDED_IN =
      Pattern.compile(
          "(any |all |the )?(((previous|prior|earlier|other) workers?'?s?"
              + " |)(deliverables|outputs|inputs|input"
              + " files|dependencies)|(previous|prior|earlier|other) workers?'?s?"
              + " (files|work)|(pre-?)?existing files?|files?|other (existing"
              + " )?files?|file|anything|anything else|everything else|others?)( without"
              + " approval)?");
  private static final Pattern OF_A_SORT =
      Pattern.compile(
          "(?:any|all) (?:existing |other |other existing |existing other )([a-z0-9_-]+) files?");
  private static final Pattern TESTS =
      Pattern.compile("(any |all |the )?(existing )?tests?( files?)?");
  private static final Pattern NETWORK =
      Pattern.compile("(the |any )?(network|internet|external (services|apis))( access| calls)?");
  private static final Set<String> CREATES = Set.of("create", "add", "introduce", "new");
  private static final Set<String> CHANGES =
      Set.of(
          "modify",
          "change",
          "edit",
          "update",
          "alter",
          "overwrite",
          "delete",
          "remove",
          "rename",
          "move",
          "touch",
          "write",
          "replace");
  private static final Set<String> AROUND_NAMES =
      Set.of(
          "the",
          "a",
          "any",
          "all",
          "file",
          "files",
          "folder",
          "directory",
          "existing",
          "new",
          "in",
          "and",
          "or",
          "of",
          "below",
          "under",
          "itself",
          "anything",
          "everything",
          "inside",
          "only",
          "test",
          "tests",
          "modify",
          "change",
          "edit",
          "delete",
          "remove",
          "create",
          "write",
          "touch",
          "overwrite",
          "rename",
          "to",
          "nor");
  private static final Set<String> REACHES = Set.of("access", "use", "call", "reach", "connect");

  private final List<Rule> rules = new ArrayList<>();
  private final List<String> unclear = new ArrayList<>();
  private @Nullable Label under;

  /// @param verb what it is about, in lower case; empty when it does not say
  private record Label(boolean allows, String verb) {}

  private BoundaryReader(List<String> lines) {
    for (var i = 0; i < lines.size(); i++) line(i + 1, lines.get(i));
  }

  static List<Rule> read(List<String> lines) {
    return new BoundaryReader(lines).rules;
  }

  static List<String> unclear(List<String> lines) {
    return new BoundaryReader(lines).unclear;
  }

  private void line(int number, String written) {
    var text = written.replace("**", "").replaceFirst("^\\s*[-*+]\\s+(\\[.\\]\\s*)?", "").strip();
    var labelled = LABEL.matcher(text);
    if (labelled.matches()) {
      var label = label(labelled.group(1), labelled.group(2));
      under = labelled.group(3).isBlank() ? label : null;
      if (!labelled.group(3).isBlank()) statement(number, written, label, labelled.group(3));
      return;
    }
    var sentence = SENTENCE.matcher(text);
    if (sentence.matches()) {
      under = null;
      statement(number, written, label(sentence.group(1), sentence.group(2)), sentence.group(3));
    } else if (OTHER_LABEL.matcher(text).matches()) {
      under = null;
    } else if (under != null) {
      statement(number, written, under, text);
    }
  }

  private static Label label(String modal, String verb) {
    var forbids = modal.toUpperCase(Locale.ROOT).matches(".*(NOT|N'T)");
    return new Label(!forbids, verb.strip().toLowerCase(Locale.ROOT));
  }

  private void statement(int number, String line, Label label, String text) {
    var rule = rule(number, line, label, text);
    if (rule != null) rules.add(rule);
    else if (!label.allows()) unclear.add(line);
    if (rule != null && label.allows() && text.matches("(?i).*\\bonly\\b\\s*[.)]?")) {
      // What else there is must stay as it is.
      var acts = acts(false, verbs(label, plain(text)));
      rules.add(new Rule(number, line, false, acts, List.of(), new Scope(Scope.What.FILES, null)));
    }
  }

  private static @Nullable Rule rule(int number, String line, Label label, String text) {
    var plain = plain(text);
    var verbs = verbs(label, plain);
    if (!label.allows() && CONDITION.matcher(plain).find()) return null;
    if (NETWORK.matcher(plain.replaceFirst("^(access|use|call|reach) ", "")).matches()
        && verbs.stream().anyMatch(REACHES::contains)) {
      return rule(number, line, label, EnumSet.noneOf(Act.class), Scope.What.NETWORK, null);
    }
    var acts = acts(label.allows(), verbs);
    if (acts.isEmpty()) return null;
    var names = names(text);
    if (!names.isEmpty()) {
      if (!label.allows() && !isAboutWholeFiles(text)) return null;
      // A file that must not be changed must not be made either.
      var all = acts.contains(Act.CHANGE) ? EnumSet.allOf(Act.class) : acts;
      return new Rule(number, line, label.allows(), all, names, null);
    }
    if (label.allows()) return null;
    var object = label.verb().isEmpty() ? plain.replaceFirst("^\\S+ ?", "") : plain;
    if (TESTS.matcher(object).matches()) {
      return acts.contains(Act.CHANGE)
          ? rule(number, line, label, EnumSet.of(Act.CHANGE), Scope.What.TESTS, null)
          : null;
    }
    if (HANDED_IN.matcher(object).matches()) {
      return rule(number, line, label, acts, Scope.What.FILES, null);
    }
    var sort = OF_A_SORT.matcher(object);
    if (!sort.matches() || !acts.contains(Act.CHANGE)) return null;
    return rule(number, line, label, EnumSet.of(Act.CHANGE), Scope.What.FILES, sort.group(1));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[`.,;*]", "").replaceAll("\\s+", " ").strip();
  }

  private static Set<String> verbs(Label label, String plain) {
    return label.verb().isEmpty()
        ? Set.of(plain.split(" ", 2)[0])
        : new LinkedHashSet<>(List.of(label.verb().split("[/, ]+", -1)));
  }

  private static Rule rule(
      int number, String line, Label label, Set<Act> acts, Scope.What what, @Nullable String word) {
    return new Rule(number, line, label.allows(), acts, List.of(), new Scope(what, word));
  }

  /// Leave for a path is leave for all that is done to it.
  private static Set<Act> acts(boolean allows, Set<String> verbs) {
    if (allows) return EnumSet.allOf(Act.class);
    var acts = EnumSet.noneOf(Act.class);
    for (var verb : verbs) {
      if (CREATES.contains(verb)) acts.add(Act.CREATE);
      if (CHANGES.contains(verb)) acts.add(Act.CHANGE);
      if (verb.equals("write") || verb.equals("touch")) acts.add(Act.CREATE);
    }
    return acts;
  }

  /// `a.py`, and not `the parser in a.py`. What stands in parentheses or behind a dash explains.
  private static boolean isAboutWholeFiles(String text) {
    var rest = PATH.matcher(bare(text)).replaceAll(" ").toLowerCase(Locale.ROOT);
    for (var word : rest.split("[^a-z']+", -1)) {
      if (!word.isEmpty() && !AROUND_NAMES.contains(word)) return false;
    }
    return true;
  }

  private static String bare(String text) {
    return text.replace('`', ' ').replaceAll("\\([^)]*\\)", " ").replaceFirst("\\s[-–—]\\s.*", "");
  }

  private static List<String> names(String text) {
    var names = new LinkedHashSet<String>();
    var found = PATH.matcher(bare(text));
    while (found.find()) {
      var name = found.group(1).replaceFirst("^\\./", "").replaceFirst("[.]$", "");
      if (!name.matches("(?i)(i\\.e|e\\.g|etc\\.?|v?[0-9.]+)")) names.add(name);
    }
    return List.copyOf(names);
  }
}
