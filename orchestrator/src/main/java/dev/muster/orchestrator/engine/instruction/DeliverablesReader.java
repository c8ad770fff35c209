package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Deliverables.Path;
import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.PathText.Kind.NoPath;
import dev.muster.orchestrator.engine.instruction.PathText.Kind.Owed;
import dev.muster.orchestrator.engine.instruction.PathText.Kind.Unowed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads DELIVERABLES. Every text in backticks in an item is owed or a finding says why not, and so
/// is every path that stands elsewhere in the point: nobody believes a file to be checked that is
/// not.
final class DeliverablesReader {
  static final Pattern BACKTICKS = Pattern.compile("`([^`]+)`");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s+");
  private static final Pattern RESULTS = Pattern.compile("(?i)\\btest results? file\\b");
  static final Pattern MARKUP =
      Pattern.compile("\\*\\*|__|[`\"“”„«»]|</?code>|(?<!\\w)_(?=[\\w./])|(?<=[\\w./])_(?!\\w)");

  private static final Pattern SLANTED = Pattern.compile("^\\*([^*\\s]+)\\*");

  /// `, and`: what holds for the path before it holds for the next.
  private static final Pattern JOINT =
      Pattern.compile("(?i)`?\\s*(?:,|、|&|(?:,\\s*)?(?:and|or|und|oder)\\s)\\s*`?");

  /// `<report.md>`; in `<project>-report.md` they stand for what nobody knows yet.
  private static final Pattern ENCLOSED =
      Pattern.compile("(?<!\\S)<([^<>\\s]+\\.\\w+)>(?=[.,;:]?(?:\\s|$))");

  private static final Pattern LINK = Pattern.compile("\\[([^\\[\\]]{1,200})]\\((?:\\./)?\\1\\)");

  /// An item, or a table's cell, that begins with a path.
  private static final Pattern BARE =
      Pattern.compile(
          "(?i)^(?:(?:[\\p{L}"
              + " /-]{0,40}(?<!\\p{L}))?(?:files?|script|path|datei|fichier|archivo|文件|ファイル)"
              + "\\s*[:：]\\s*)?([^\\s:：（]*[^\\s:：（.,;、，])"
              + "(?:$|[.,;]?$|[:：](?:\\s.*)?$|：.*$|\\s*（.*$|\\s+[-–—(:].*$)");

  /// `out/a.txt or `out/b.txt``: only one of them in backticks.
  private static final Pattern BESIDE =
      Pattern.compile("(?i)^([^\\s`,]{1,500}),?\\s{1,9}(?:or|oder|and|und)\\s{1,9}`");

  /// They end as files do and are none.
  private static final Set<String> WORDS =
      Set.of("node.js", "next.js", "vue.js", "react.js", "three.js", "express.js", "asp.net");

  private static final Pattern SPLIT = Pattern.compile("[\\s,;()\\[\\]\"'（）、，]+");
  private static final Pattern STRUCK =
      Pattern.compile("(?:~~|<(?:del|s|strike)>)([^~<]{1,500})(?:~~|</(?:del|s|strike)>)");
  private static final Pattern BRACES =
      Pattern.compile("[^\\s`]{0,200}\\{[^{}\\s]{1,100},[^{}\\s]{1,100}}[^\\s`,;:]{0,200}");
  static final Pattern FOLDER = Pattern.compile("[\\w.-]*\\w(?:/[\\w.-]*\\w)*/");
  static final int FILES_MAX = 1_000;
  private static final String FIX =
      "Write an item with the path of one file in the workspace, such as `out/report.json`.";

  private final String file;
  private final int self;
  private final List<Finding> findings;
  private ItemFolders folders = ItemFolders.NONE;
  private DeliverableScopes scopes = DeliverableScopes.NONE;
  private final List<Path> files = new ArrayList<>();
  private final Set<String> paths = new LinkedHashSet<>();
  private @Nullable Path results;

  private DeliverablesReader(String file, int self, List<Finding> findings) {
    this.file = file;
    this.self = self;
    this.findings = findings;
  }

  static Deliverables read(ParsedInstruction parsed, List<Finding> findings) {
    var id = parsed.fileId() == null ? parsed.headingId() : parsed.fileId();
    var reader =
        new DeliverablesReader(parsed.file(), id == null ? -1 : WorkerIds.number(id), findings);
    var sections = parsed.sections(Point.DELIVERABLES);
    for (var section : sections) {
      var items = section.items();
      reader.folders = ItemFolders.of(section);
      reader.scopes = DeliverableScopes.of(section);
      for (var item : items.isEmpty() ? section.statements() : items) reader.item(item);
    }
    for (var section : sections) {
      OutsideItems.of(section, reader.paths)
          .forEach(it -> reader.unowed(it.line(), it.text(), it.reason()));
    }
    var owned = reader.results;
    if (owned != null) reader.files.removeIf(path -> path.path().equals(owned.path()));
    return new Deliverables(reader.files, owned);
  }

  private void item(Line whole) {
    var item = withoutStruck(whole);
    var match = BACKTICKS.matcher(item.text());
    var others = new LinkedHashSet<String>();
    var quoted = false;
    var owedTo = -1;
    var unowedTo = 0;
    String why = null;
    String folder = null;
    if (item.text().indexOf('`') > 0) begins(item);
    while (match.find()) {
      quoted = true;
      var before = NotOwed.near(item.text(), match.start());
      for (var text : parts(match.group(1).strip())) {
        switch (PathText.of(text, before)) {
          case Owed(var path) -> {
            var goesOn =
                why != null && JOINT.matcher(item.text()).region(unowedTo, match.start()).matches();
            var not =
                goesOn
                    ? why
                    : whyNot(item, match.start(), before, item.text().substring(match.end()));
            why = not;
            unowedTo = match.end();
            if (not == null && folder != null && !path.contains("/"))
              not = "may lie in `" + folder + "`: write its whole path; it is not owed";
            if (not == null) {
              choice(item, path, owedTo, match.start());
              owe(path, item);
              owedTo = match.end();
            } else unowed(item.number(), text, not);
          }
          case Unowed(var reason) -> {
            if (FOLDER.matcher(text).matches()) folder = text;
            folder(item, text, reason);
          }
          case NoPath _ -> others.add("`" + text + "`");
        }
      }
    }
    if (!quoted) bare(item, others);
    if (others.isEmpty()) return;
    findings.add(
        Finding.of(
            Code.NO_DELIVERABLE,
            file,
            item.number(),
            "this item names no file with "
                + String.join(", ", others)
                + ", so nobody checks that it is delivered",
            "Nothing, if it is none; else write its path, such as `./name`."));
  }

  /// @param start where the path begins in its item
  private @Nullable String whyNot(Line item, int start, String before, String behind) {
    var above = scopes.reason(item.number());
    if (above != null) return above;
    if (scopes.isInput(item.number(), item.text().substring(0, start))) {
      return "is to be read, so it is not owed";
    }
    return NotOwed.why(before, behind, self);
  }

  /// @param owedTo where the path before it ends; -1 when it is the first
  private void choice(Line item, String path, int owedTo, int start) {
    if (owedTo > start) return;
    var between = item.text().substring(Math.max(0, owedTo), start);
    var word = owedTo < 0 ? null : Alternatives.between(between, scopes.isRow(item.number()));
    if (word != null)
      unowed(item.number(), path, "is owed, and so is what stands before '" + word + "'");
    var oneOf = owedTo < 0 ? Alternatives.oneOf(between) : null;
    if (oneOf != null)
      unowed(item.number(), path, "is owed, and so are the others behind '" + oneOf + "'");
  }

  /// `out/a.txt: as `lib/b.py` has it` begins with one, too.
  private void begins(Line item) {
    var start = BARE.matcher(item.text());
    var first = start.matches() ? start.group(1) : "";
    if (first.indexOf('`') < 0
        && PathText.isKnown(first)
        && PathText.of(first, "") instanceof Owed(var path)) owe(path, item);
    var beside = BESIDE.matcher(item.text());
    if (beside.find()
        && PathText.isKnown(beside.group(1))
        && PathText.of(beside.group(1), "") instanceof Owed) {
      unowed(item.number(), beside.group(1), "stands without backticks, so it is not owed");
    }
  }

  /// What is struck out is not owed, and that is said.
  private Line withoutStruck(Line item) {
    if (item.text().indexOf('~') < 0 && item.text().indexOf('<') < 0) return item;
    var struck = STRUCK.matcher(item.text());
    while (struck.find()) {
      var words = MARKUP.matcher(struck.group(1)).replaceAll("");
      SPLIT
          .splitAsStream(words)
          .filter(word -> PathText.of(word, "") instanceof Owed)
          .forEach(word -> unowed(item.number(), word, "is struck out, so it is not owed"));
    }
    var left = STRUCK.matcher(item.text()).replaceAll(" ");
    return new Line(item.number(), ItemText.inBackticks(left), false);
  }

  /// A folder whose files stand below it is there once they are.
  private void folder(Line item, String text, String reason) {
    if (!folders.isAbove(item.number())) unowed(item.number(), text, reason);
  }

  /// `a.txt, b.txt` are two.
  private static List<String> parts(String text) {
    var parts = Arrays.asList(COMMA.split(text));
    return parts.stream().allMatch(part -> PathText.of(part, "") instanceof Owed)
        ? parts
        : List.of(text);
  }

  /// A path without backticks is owed where the item begins with it.
  private void bare(Line item, Set<String> others) {
    var cells =
        item.text().contains("|") ? item.text().split("\\|", -1) : new String[] {item.text()};
    for (var cell : cells) {
      var words = LINK.matcher(cell).replaceAll("$1");
      var plain = SLANTED.matcher(MARKUP.matcher(words).replaceAll("").strip()).replaceFirst("$1");
      var text = ENCLOSED.matcher(plain).replaceAll("$1");
      var start = BARE.matcher(text);
      var first = start.matches() ? start.group(1) : "";
      if (PathText.isKnown(first) && !Placeholders.isPlaceholder(first)) {
        switch (PathText.of(first, "")) {
          case Owed(var path) -> {
            var not = whyNot(item, 0, "", text.substring(start.end(1)));
            if (not == null) owe(path, item);
            else unowed(item.number(), first, not);
          }
          case Unowed(var reason) -> unowed(item.number(), first, reason);
          case NoPath _ -> {}
        }
      } else {
        var braces = BRACES.matcher(text);
        while (braces.find()) unowed(item.number(), braces.group(), "is a pattern, not one file");
        mentioned(text)
            .forEach(
                path -> unowed(item.number(), path, "stands without backticks, so it is not owed"));
        SPLIT
            .splitAsStream(text.replaceAll("https?://\\S+", ""))
            .map(word -> word.replaceFirst("[.:]$", ""))
            .filter(word -> !word.contains("/") && !WORDS.contains(word.toLowerCase(Locale.ROOT)))
            .filter(word -> PathText.isKnown(word) && !paths.contains(word))
            .forEach(word -> others.add("`" + word + "`"));
        SPLIT
            .splitAsStream(text)
            .filter(word -> FOLDER.matcher(word).matches())
            .forEach(path -> folder(item, path, "is a folder, not a file"));
      }
    }
  }

  /// Words of a text that can be nothing but paths.
  private List<String> mentioned(String text) {
    return SPLIT
        .splitAsStream(text)
        .map(word -> word.replaceFirst("[.:]$", ""))
        .filter(word -> word.contains("/") && PathText.isKnown(word))
        .filter(word -> PathText.of(word, "") instanceof Owed(var path) && !paths.contains(path))
        .distinct()
        .toList();
  }

  private void owe(String named, Line item) {
    var path = folders.within(item.number(), named);
    if (results == null && RESULTS.matcher(item.text()).find()) {
      results = new Path(path, item.number());
    } else if (paths.add(path)) {
      if (files.size() < FILES_MAX) files.add(new Path(path, item.number()));
      else if (paths.size() == FILES_MAX + 1)
        unowed(
            item.number(), path, "is one more than the " + FILES_MAX + " files one worker may owe");
    }
  }

  private void unowed(int line, String text, String reason) {
    findings.add(Finding.of(Code.INVALID_DELIVERABLE, file, line, "`" + text + "` " + reason, FIX));
  }
}
