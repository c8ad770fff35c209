package dev.muster.orchestrator.engine.instruction;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Pattern;

/// The words behind each cue, one regular expression a line; a blank stands for any blanks. What
/// comes first in this list is tried first, so that `blocked by` is not taken for `blocked`, nor
/// `does not depend on` for `depend on`.
final class CueWords {
  private static final String NOT =
      """
      (?:does|do|did|need|is|are|was|were|will|must|can|may|should|shall|would|has|have)\\s?(?:not|n't)
      cannot|can't|won't|never|not|no longer|nothing|nobody
      """;

  record Rule(Cue cue, String words) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Cue.ASIDE,
              """
              keine? (?:abhängigkeit(?:en)?|voraussetzung(?:en)?) (?:von|zu)
              no (?:dependenc(?:y|ies)|need|reliance|relation|link|connection) (?:up)?(?:on|for|to|with|of)
              without (?:a |any )?(?:dependenc(?:y|ies) (?:up)?on|need (?:for|of)|waiting for)
              """),
          new Rule(
              Cue.AWAITED,
              """
              NOT\\b[^.;:()]{0,60}?\\b(?:before|until|unless|without|prior to|earlier than)
              no (?:earlier|sooner) than|not independent(?:ly)? (?:of|from)
              nicht (?:[\\p{L}-]+ ){0,3}?(?:vor|bevor|ehe|ohne)|erst nach
              keine? (?:start|beginn) vor|keinen (?:start|beginn) vor
              """),
          new Rule(
              Cue.ASIDE,
              """
              NOT (?:[\\p{L}-]+ ){0,3}?(?:OBJECT)(?: (?:for|on|upon|by|from|to|of))*
              (?:independent(?:ly)?|regardless|irrespective) (?:of|from)|unrelated(?: to)?
              (?:in )?parallel(?: (?:to|with))?|alongside|concurrent(?:ly)?(?: with)?
              at the same time as|optional(?:ly)?|nice[\\s-]to[\\s-]have|next|later|afterwards?
              follow[\\s-]?ups?|subsequent(?:ly)?|no longer|follows(?=\\s*(?:[.,;)]|$))|independent
              nicht (?:[\\p{L}-]+ ){0,3}?(?:abhängig|blockiert|benötigt|nötig|erforderlich)(?: (?:von|durch))?
              neither|nor|nicht (?:von|auf|durch)|(?:nur )?zur (?:info(?:rmation)?|kenntnis)
              ne (?:[\\p{L}-]+ )?dépend pas d(?:e|u|es)|no depende del?|indépendante?s? d(?:e|u|es)
              facultati(?:f|ve)s?|optionnel(?:le)?s?|opcional(?:es)?|independientes? del?
              不依赖|不需要|无需|可选|には?依存し(?:ない|ません)|에 의존하지
              no (?:requiere|necesita|depende)(?: del?)?|n'a pas besoin d(?:e|u|es)
              не (?:зависит|требует|нужен|нужно)(?: от)?|לא תלוי(?: ב)?|لا (?:يعتمد|يحتاج)(?: (?:على|إلى))?
              non-?blocking|unlike|may still (?:be|run)\\b(?: \\w+ing)?|⬇|⏬
              unabhängig von|parallel zu|danach|später|anschließend|nachfolgend
              (?:but )?not(?=\\s+(?:on\\s+|for\\s+)?(?:the\\s+)?(?:workers?[\\s_#-]*|W|#)?\\d)
              """),
          new Rule(
              Cue.NONE,
              """
              no(?: (?:prior|previous|other|further|upstream|preceding|earlier|known|hard|direct)){0,4} \
              (?:workers?|dependenc(?:y|ies)|prerequisites?|predecessors?)(?!\\s+(?:on|to|upon)\\b)
              none|n/a|nil|nothing|nobody|niemanden?|nichts
              keine?[nrs]?(?: (?:vorherigen|vorigen|anderen|weiteren|direkten)){0,2}\
              (?: (?:workers?|arbeiter|abhängigkeiten|voraussetzungen|vorgänger))?
              """),
          new Rule(
              Cue.AWAITED,
              """
              (?:blocked|provided|created|produced|written|delivered|preceded|made|built) by
              (?:generated|supplied|prepared|implemented|finished|completed) by
              bloquée?s? par|bloquead[oa]s? por
              (?:blockiert|geliefert|erstellt|erzeugt) (?:von|durch)|blockiert,? bis
              vor (?:dem )?(?:start|beginn)\\w*(?! (?:von|des|der)\\b)
              triggered by|trigger(?=\\s*:)|blocked (?:on|until)|blocking (?:dependenc(?:y|ies)|workers?)|blockers?
              (?:required|needed|done|complete|ready) before (?:the )?(?:start|begin|launch)\\w*
              """),
          new Rule(
              Cue.REVERSED,
              """
              (?:required|needed|used|consumed|awaited|depended (?:up)?on|read|extended) by
              (?:imported|continued|followed|succeeded|taken up|called|reused) by
              (?:benötigt|gebraucht|verwendet|genutzt) (?:von|durch)|voraussetzung für
              下游|后续(?:任务)?|後続(?:タスク)?|후행|перед|блокирует|out(?=\\s*:)|to(?=\\s*:)
              (?:liefert|übergibt|geht) an|wird von(?= [^.;:]{0,60}\\b(?:gebraucht|benötigt|verwendet|genutzt))
              blockiert|nachfolger|vor|bloque(?:nt)?|débloque|bloquean?(?: a)?|desbloquea(?: a)?
              (?:requis|utilisé|nécessaire)e?s? (?:par|pour)|(?:requerid|usad|necesari)[oa]s? (?:por|para)
              avant|antes de|阻塞|child(?:ren)?
              (?:required|needed|necessary|inputs?|prerequisites?|basis|preparation) (?:for|of|to)
              (?:prepares?|provided|prepared|intended|meant|base|dependenc(?:y|ies)|dependent) (?:for|of|to)
              (?:provides?|produces?|creates?|makes?)(?: \\w+){0,3}? (?:for|to)
              blocks?|blocking|unblocks?|unblocking|unlocks?|enables?|enabling|allows?|precedes?
              feeds?(?: into)?|successors?|downstream|dependents?|triggers?|starts(?= WORKER)
              before|prior to|ahead of|consumers?|(?:outputs?|results?) (?:(?:is|are|go|goes|sent) )?(?:to|for)
              (?:hands?|handed|passes|passed|delivers?|delivered|leads?) (?:\\w+ ){0,2}?(?:over )?to
              """),
          new Rule(
              Cue.UNCLEAR,
              """
              see(?: also)?|related(?: to)?|cf\\.?|compared?(?: (?:to|with))?|similar to
              instead of|rather than|replaces?|supersedes?|except(?: for)?
              excluding|exclud(?:es?|ed)|other than|apart from|without|ohne|außer|sauf|salvo|excepto
              soft|weak|former(?:ly)?|conflicts?(?: with)?|mutually exclusive(?: with)?
              maybe|possibly|perhaps|tbd|to be (?:confirmed|decided)|ideally|prefer(?:ably|s|red)?(?: to run)?|vielleicht|eventuell|möglichst
              (?:coordinat\\w*|shar(?:es?|ing)(?: \\w+)?|runs?|collaborat\\w*) with(?=\\s+workers?[\\s_#-]*\\d)|same (?:dependenc(?:y|ies) )?as
              (?:the )?same (?:machine|node|host)(?: as)?|siehe(?: auch)?|vgl\\.?|voir|véase
              (?:but|aber|sondern)(?=\\s+(?:only\\s+|nur\\s+)?(?:on\\s+|for\\s+|von\\s+|auf\\s+)?(?:the\\s+)?(?:workers?[\\s_#-]*|W|#)?\\d)
              """),
          new Rule(
              Cue.AWAITED,
              """
              depends?(?:[ _-](?:up)?on)?|depending (?:up)?on|dependent (?:up)?on
              dependenc(?:y|ies)(?: on)?|requires?|required|requirements?|needs?|needed
              prerequisites?|previous|prior|preceding|predecessors?|upstream
              waits?(?: (?:for|on|until))?|waiting (?:for|on)|wait[_-]for|awaits?|awaiting
              after|following|follows|until|unless|once|uses?|using|reads?|consumes?|extends?
              builds? (?:up)?on|based (?:up)?on|relies on|rely on|imports?|continues?
              (?:outputs?|results?|inputs?) (?:of|from)|must complete first|subject to
              blocked[_-]by|comes? after|because of|from|blocked
              wartet auf|abhängig(?:keit(?:en)?)?(?: von)?|hängt ab von|benötigt|braucht
              dépend(?:ent)? d(?:e|u|es)|depende[n]? del?|après|después de|依赖|前置|に依存
              setzt voraus|voraussetzung(?:en)?|vorgänger|nach
              """));

  private static final String OBJECT =
      """
      depend(?:s|ing|ent|ency|encies)?(?: (?:up)?on)?|needs?|needed|needing|requires?|required
      requiring|waits?|waiting|await\\w*|blocked|blocking|block|uses?|used|using|after
      rel(?:y|ies|ying|iant)|related|affected|necessary|prerequisites?
      """;

  /// Chinese and Japanese put no blanks between words.
  private static final String LETTER =
      "[\\p{L}\\p{N}_&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]";

  private CueWords() {}

  static List<Rule> rules() {
    return RULES;
  }

  /// Group n+1 stands for rule n.
  static Pattern pattern() {
    var groups = RULES.stream().map(rule -> "(" + regex(rule.words()) + ")").collect(joining("|"));
    return Pattern.compile(
        "(?iu)(?:(?<!" + LETTER + ")|(?=には?依存))(?:" + groups + ")(?!" + LETTER + ")");
  }

  private static String regex(String lines) {
    return alternatives(lines)
        .replace("NOT", "(?:" + alternatives(NOT) + ")")
        .replace("OBJECT", alternatives(OBJECT))
        .replace(" ", "\\s+");
  }

  private static String alternatives(String lines) {
    return lines.strip().lines().collect(joining("|"));
  }
}
