package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the line above a fenced block, and the heading above that, say about it.
final class FenceLabels {
  /// What is longer is no label, and is not looked through for each of the blocks below it.
  private static final int LABEL_CHARS_MAX = 300;

  private static final Pattern OUTPUT =
      Pattern.compile(
          "(?i)^#*\\s*(?:(?:expected|sample|example|erwartete?) (?:\\w+"
              + " )?(?:outputs?|results?|ausgabe)|outputs?|ausgabe)\\s*:?$");
  private static final Pattern NOT_RUN =
      Pattern.compile(
          "(?iu)"
              + String.join(
                  "|",
                  "^(?:.{0,60}[(\\s])?(?:do not|don't|never|nicht)"
                      + " (?:run|execute|use|ausführen)(?: this| these| it| them)?\\W*$",
                  ".{0,60}\\b(?:run|runs|do|done|execute|executed|apply|applied)"
                      + "(?: this| it| them)? (?:manually|by hand|yourself)\\b.{0,30}$",
                  "^manual(?: steps?)?\\W*$",
                  ".{0,40}\\bnot now\\b\\W*$",
                  "^\\W*what not to do\\W*$",
                  // What was, or what is for a bad day.
                  "^\\W*~~.*",
                  "^(?:old|obsolete|deprecated|superseded)\\b.{0,40}$",
                  "^\\W*(?:for reference\\b.{0,60}|(?:the )?old way\\b.{0,40})\\W*$",
                  "^(?:\\d+[.)]\\s*)?(?:rollback|roll back|undo|revert|recovery|troubleshooting"
                      + "|legacy|pseudo-?code|rückgängig(?: machen)?)\\W*$",
                  "^(?:if (?:(?:that|this|it|anything|something|the [\\p{L}-]{1,30}) )?"
                      + "(?:fails?|breaks|goes wrong)|on (?:failure|errors?)"
                      + "|in case of (?:failure|errors?|problems)|bei fehlern?)\\W*$",
                  // In other languages.
                  ".{0,40}(?:请勿|不要|不得)(?:执行|运行)\\W*$",
                  ".{0,40}実行しないで(?:ください)?\\W*$",
                  ".{0,40}실행하지 마\\p{L}*\\W*$",
                  "^لا (?:تنفذ|تشغل|تنفّذ)\\P{L}*$",
                  "^ne pas (?:exécuter|lancer)\\W*$",
                  "^no (?:ejecutar|ejecute|lanzar)\\W*$",
                  "^(?:não executar|non eseguire|niet uitvoeren)\\W*$",
                  "^не (?:запускать|выполнять)\\P{L}*$"));
  private static final Pattern DOUBT =
      Pattern.compile(
          "(?i)"
              + String.join(
                  "|",
                  "^(?:or|oder|either|entweder|alternatively|alternative|otherwise|instead"
                      + "|optional(?:ly)?|before|vorher)\\W*$",
                  "^(?:optional|skip)\\b.{0,60}$",
                  "^(?:option|variant|approach|method|alternative) [a-z\\d]\\b.{0,60}$",
                  "^(?:windows|mac ?os|os ?x)\\b.{0,20}$",
                  "^(?:on|under|for|auf|unter) (?:windows|mac ?os|mac|linux|unix)\\W*$",
                  "^===\\s*\".*|^<TabItem\\b.*",
                  ".{0,80}\\b(?:must|should|will|has to|is expected to) fail\\b.{0,20}$",
                  "^(?:.{0,40}[^\\p{L}\\s] )?(?:do not|don't|never) (?:run|execute)\\b.{0,80}$"));

  /// What another asks for elsewhere is a gate here only where the block declares an operation.
  private static final Pattern ASKED =
      Pattern.compile(
          "(?i)^(?!.*\\boperation\\b).{0,80}\\b(?:approv(?:al|ed)|sign-?off|signed off|confirmed"
              + "|permission|freigabe|a human)\\b.{0,60}$");

  /// `EXECUTION (` of `EXECUTION (old, do not use)`; a heading that is struck out stays as it is.
  private static final Pattern NAME =
      Pattern.compile("^(?!\\W*~~)[^(:\\[{]*?(?:[(:\\[{]|\\s[-–—]\\s|$)\\s*");

  private final TreeMap<Integer, String> above = new TreeMap<>();
  private final TreeMap<Integer, String> headings = new TreeMap<>();
  private final Map.Entry<Integer, String> whole;

  private FenceLabels(Section section) {
    var behind = NAME.matcher(section.heading()).replaceFirst("");
    whole = Map.entry(section.line(), behind.replaceFirst("[)\\]}]\\s*$", ""));
  }

  static FenceLabels of(Section section) {
    var labels = new FenceLabels(section);
    for (var line : section.lines()) {
      var text = line.text().strip();
      if (text.isEmpty()) continue;
      labels.above.put(line.number(), text);
      if (text.startsWith("###")) labels.headings.put(line.number(), text);
    }
    for (var fence : section.fences()) labels.above.put(fence.line(), "");
    return labels;
  }

  /// The line above a block without a language, where it says that this is what something prints.
  @Nullable String output(Fence fence) {
    return fence.info().isEmpty() ? matching(OUTPUT, above.lowerEntry(fence.line())) : null;
  }

  /// Words that say that the block is not to be run here.
  @Nullable String notRun(Fence fence) {
    var direct = matching(NOT_RUN, above.lowerEntry(fence.line()));
    if (direct == null) direct = matching(NOT_RUN, headings.lowerEntry(fence.line()));
    return direct != null ? direct : matching(NOT_RUN, whole);
  }

  /// Words that leave open whether it is to be run as the others are.
  @Nullable String doubt(Fence fence) {
    var direct = matching(DOUBT, above.lowerEntry(fence.line()));
    if (direct == null && !fence.info().contains("operation=")) {
      direct = matching(ASKED, above.lowerEntry(fence.line()));
    }
    if (direct == null) direct = matching(DOUBT, headings.lowerEntry(fence.line()));
    return direct != null ? direct : matching(DOUBT, whole);
  }

  private static @Nullable String matching(
      Pattern pattern, Map.@Nullable Entry<Integer, String> line) {
    if (line == null || line.getValue().length() > LABEL_CHARS_MAX) return null;
    var raw = line.getValue();
    if (raw.startsWith("<TabItem") || raw.startsWith("===")) {
      return pattern == DOUBT && pattern.matcher(raw).matches() ? raw : null;
    }
    var text = PlainText.of(ItemText.orPlain(raw)).replaceFirst("^#+\\s*", "");
    return pattern.matcher(text).matches() ? text : null;
  }
}
