package dev.muster.orchestrator.engine.instruction;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;

/// What labels of blocks say, one regular expression a line, each for a whole label.
final class FenceWords {
  private static final String UNDO =
      "(?:rollback|roll(?:ing)? back|undo(?:ing)?|revert(?:ing)?|recover(?:y|ing)?|fall"
          + " ?back|emergency)";

  private static final String NOT_HERE =
      """
      (?:.{0,60}[(\\s])?(?:do not|don't|never|nicht) (?:run|execute|use|ausführen)(?: (?:this|these|it|them)(?: (?:block|command|script|code|step|section)s?)?)?
      .{0,60}\\b(?:run|runs|do|done|execute|executed|apply|applied)(?: this| it| them)? (?:manually|by hand|yourself|themselves)\\b.{0,30}
      manual(?: steps?)?|.{0,40}\\(manual(?:ly)?\\)
      (?:ask|tell) (?:the |an? )?(?:user|operator|human|admin\\w*)\\b.{0,60}|(?:operators?|humans?|admins?) only|\\((?:human|operator|manual)\\).{0,40}
      .{0,40}\\bon (?:your|their)(?: own| local)? (?:machine|laptop|computer)
      .{0,40}\\b(?:not now|not yet|out of scope)|.{0,40}\\(future\\)|future work
      (?:example|illustration|reference)s? only\\b.{0,40}
      .{0,40}(?:请勿|不要|不得)(?:执行|运行)|.{0,40}実行しないで(?:ください)?|.{0,40}실행하지 마\\p{L}*
      لا (?:تنفذ|تشغل|تنفّذ)|ne pas (?:exécuter|lancer)|no (?:ejecutar|ejecute|lanzar)
      não executar|non eseguire|niet uitvoeren|не (?:запускать|выполнять)
      """;

  /// For a bad day.
  private static final String FAILED =
      """
      (?:how )?(?:to )?(?:UNDO|troubleshooting|legacy)(?: (?:this|that|the|it|all|changes?|steps?|procedures?|process|scripts?|plan|commands?|instructions?|strategy|with|by|using|stop|run))*(?:\\P{L}{0,3}\\(.{0,60}|, .{0,20})?
      (?:only |nur )?(?:if|when(?:ever)?|should|in case|on|falls|wenn|bei|im)\\b.{0,60}?\\b(?:fail\\w*|breaks?|broken|(?:goes|go|went) wrong|errors?|problems?|crash\\w*|fehlern?|fehlschl\\w*|fehlerfall|notfall|scheitert)(?:,? ?(?:then |please )?(?:run|try|do|execute|use)\\b.{0,20})?
      (?:error|failure|exception) handling|zurücksetzen|rückgängig(?: machen)?
      (?:如果)?\\p{L}{0,20}(?:失败|出错|失敗)(?:时|后|した場合|時|したら)?|回滚|回退|ロールバック|롤백|откат
      .{0,20}(?:실패 시|실패하면)|عند (?:الفشل|الخطأ)|(?:при|в случае) (?:ошибк|сбо|неудач)\\p{L}{1,3}
      si (?:falla|falha|échec|fallisce)|en caso de (?:error|fallo)|em caso de (?:falha|erro)|en cas d['’](?:échec|erreur)
      """;

  /// What was, and how it is not done.
  private static final String OTHERWISE =
      """
      (?:old|obsolete|deprecated|superseded)\\b.{0,40}|.{0,40}\\((?:old|obsolete|deprecated|superseded|legacy)\\b[^()]{0,40}\\)
      previous (?:version|way|approach|implementation)\\b.{0,40}|previously|formerly|before (?:this|that) (?:change|fix|update)\\b.{0,40}
      (?:for )?reference(?: only| implementation)?(?:,.{0,60})?|(?:the )?old way\\b.{0,40}|pseudo-?code
      what not to do|(?:wrong|incorrect|bad|anti-?patterns?|common (?:errors|mistakes))(?: (?:way|examples?|usage))?
      (?:do this )?(?:instead of|rather than)\\b.{0,60}
      """;

  private static final String DOUBTFUL =
      """
      or|oder|either|entweder|otherwise|instead|before|vorher|usage|appendix|tear ?down|debugging|(?:it|the script) should look like this|todo\\b.{0,40}
      skip\\b.{0,60}|not (?:needed|required|necessary)\\b.{0,60}
      (?:only |nur )?(?:if|unless|in case|falls|wenn|sofern)\\b.{0,80}[:：]
      (?:on|under|for|auf|unter|with|using|mit) (?:windows|mac ?os|mac|linux|unix|docker)
      (?:tear ?down|clean ?up)\\b.{0,10}\\b(?:after|once|when)\\b.{0,40}|to (?:stop|abort|cancel|uninstall)\\b.{0,60}|(?:abort|cancel) with|dry[ -]run
      (?:.{0,40}[\\s(])?(?:in production|for debugging)(?: only)?
      (?:for |an? )?(?:example|instance|sample)\\b.{0,30}|manual verification
      可选|可選|選択|任意|선택|اختياري|необязательно|опционально|facultati[fv]o?|opcional|opzionale
      .{0,80}\\b(?:must|should|will|has to|is expected to) fail\\b.{0,20}
      (?:.{0,40}[^\\p{L}\\s] )?(?:do not|don't|never) (?:run|execute)\\b.{0,80}
      """;

  /// As DOUBTFUL, but also at the top of a script.
  private static final String OPTIONAL =
      """
      (?:.{0,60}[\\s(\\[,])?(?:optional(?:ly)?|alternative(?:ly)?|nice to have)\\b.{0,60}
      (?:option|variant|approach|method) [a-z\\d]\\b.{0,60}|(?:windows|mac ?os|os ?x)\\b.{0,20}
      """;

  private static final String PRINTED =
      """
      (?:the )?(?:expected|sample|example|erwartete?)(?: \\w+)? ?(?:outputs?|results?|ausgabe|stdout|tree|structure|layout)?|expected
      (?:the )?outputs?(?: (?:is|should be|looks like))?|ausgabe|results?|stdout
      (?:this|it|which|you|the \\w+) (?:should |will )?(?:prints?|sees?|says?|shows?)\\b.{0,40}|should (?:print|say|show)\\b.{0,40}
      (?:directory|folder|file|project) (?:layout|structure|tree)|(?:log|file|output) format
      pseudo[ -]?code|algorithm|prompt|commit message|diff|template(?: for .{0,40})?
      """;

  /// Under what is marked `bash` it would be a question; without a language it is no script.
  static final Pattern OUTPUT = any(PRINTED);

  static final Pattern NOT_RUN = any(NOT_HERE, FAILED, OTHERWISE);
  static final Pattern DOUBT = any(DOUBTFUL, OPTIONAL);

  /// What the first comment of a script may say of all of it.
  static final Pattern COMMENT_NOT_RUN = any(NOT_HERE, FAILED);

  static final Pattern COMMENT_DOUBT = any(OPTIONAL);

  /// `Create a.txt:`, `a.txt:`, `Contents of a.txt`: what the file is to hold.
  static final Pattern CONTENT =
      Pattern.compile(
          "(?i)\\P{L}*(?:(?<verb>create|write|save|add|put|append|paste|copy|file|contents?)\\b.{0,80}?)?"
              + "(?<![\\w.-])(?<path>[\\w~./-]{0,80}(?:\\.[a-z]\\w{0,9}|Makefile|Dockerfile))(?<rest>\\b(?:,?"
              + " (?:with|containing|to hold|as)\\b.{0,60})?)\\P{L}*");

  private FenceWords() {}

  private static Pattern any(String... words) {
    var lines = Arrays.stream(words).flatMap(String::lines).collect(joining("|"));
    return Pattern.compile(
        "(?iu)\\P{L}*(?:(?:step|schritt|phase|part) \\d[\\d.]*\\P{L}*)?(?:"
            + lines.replace("UNDO", UNDO)
            + ")\\P{L}*");
  }
}
