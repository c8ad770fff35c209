package dev.muster.orchestrator.engine.instruction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words beside a path among the deliverables that say that it is not one.
final class NotOwed {
  /// Characters on each side in which they are looked for.
  private static final int NEAR = 300;

  private static final Pattern GONE =
      Pattern.compile(
          "(?i)^\\W*(?:deprecated|obsolete)\\W*$|(?:^|\\b(?:and|then)\\s+)(?:deletes?|removes?|deleted|removed|del|lösche|entferne|supprimer|eliminar|[Уу]далить|🗑\\uFE0F?|➖)"
              + "(?:\\s+(?:the|old|obsolete|files?|die|datei)){0,3}\\s*:?\\s*$|(?:删除|刪除|削除)\\s*[:：]?\\s*$");
  private static final Pattern MOVED =
      Pattern.compile(
          "(?i)\\b(?:renames?|moves?|replaces|supersedes|(?:uploaded|published|pushed|deployed)"
              + " (?:as|to))\\s+(?:the\\s+)?$");
  private static final Pattern MOVED_AWAY =
      Pattern.compile(
          "(?i)^\\s*[(,–—-]?\\s*(?:(?:is|are|was|were|gets?|to be)\\s+)?(?:(?:replaced|superseded)"
              + " (?:by|with)|(?:renamed|moved) (?:to|as|into))\\b");
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "(?i)\\b(?:do(?:es)? not|don't|never|must not|may"
              + " not|cannot|without)\\s+(?:\\w+\\s+){0,3}$"
              + "|^(?:no changes? (?:to|in)|ignore|ne pas \\w+)\\s+(?:the\\s+)?$|不要\\p{L}{0,4}\\s*$"
              + "|(?:^|\\bbut\\s+|[,;(]\\s*)(?:no|not|nicht|keine?)\\s+$"
              + "|^(?:none of|neither)\\b|^not\\b[^:`]{0,60}:\\s*$"
              + "|\\b(?:instead of|rather than|(?:an)?statt)\\s+(?:the\\s+)?$");
  private static final Pattern READ =
      Pattern.compile(
          "(?i)^(?:reads?|lies|imports?|uses?|requires?|existing|compares?"
              + " (?:with|to|against))\\s*:?\\s+(?:the\\s+)?$|読み取り専用\\s*$|(?:,|\\band|\\bwhich|\\bit)\\s+reads?\\s+(?:the\\s+)?$"
              + "|(?:^|[,;(]\\s*)(?:unchanged|inputs?|references?|templates?|sources?|参考|参照|输入|入力"
              + "|مرجع)\\s*[:：]\\s*$");
  private static final Pattern SOURCE =
      Pattern.compile(
          "(?i)\\b(?:(?:built |derived |copied |generated |taken |made |created )?from|using|based"
              + " on|according to|in the (?:format|style) of|generated (?:by|with)|(?<!replaced"
              + " |superseded )by|against|conforming to|same as|depends on|consumes|branch|see(?:"
              + " also)?|like|e\\.\\s?g\\.|for (?:example|instance)|such as|z\\.\\s?B\\.|zum"
              + " Beispiel|aus|gemäß|siehe|backup of|copy of)[\\s,:(]*(?:the\\s+)?$");
  private static final Pattern CONDITION =
      Pattern.compile(
          "(?i)^(?:if|unless|in case|on (?:failure|errors?)|optional(?:ly)?|falls|wenn|bei"
              + " fehlern?)\\b[^:,`]{0,80}[:,]\\s*$"
              + "|^[^:`]{0,60}\\((?:optional|only (?:if|when)|if)\\b[^:`)]{0,60}\\)\\s*:\\s*$"
              + "|^[(（]?(?:可选|任意|オプション|选择性|선택|اختياري|необязательно|опционально)[)）]?\\s*[:：]?\\s*$"
              + "|\\b(?:unless|if|falls)\\s+(?:the\\s+)?$");
  private static final Pattern OPTIONAL =
      Pattern.compile(
          "(?i)^\\s*[(\\[,–—-]?\\s*(?:optional\\b|if\\b|unless\\b|falls\\b|nice[ -]to["
              + " -]have\\b|stretch(?: goal)?\\b|skip(?:ped)?\\b|(?:where|when|as|if)"
              + " (?:applicable|possible|needed)\\b|or (?:nothing|none|not at"
              + " all)\\b)|^\\s*[(\\[,:–—-]?\\s*(?:required )?only"
              + " (?:if|when|for)\\b|^\\s*[(（]\\s*(?:on"
              + " (?:failure|errors?)|facultati|opcional|opzional|wenn möglich|nicht nötig"
              + "|可选|可選|任意|선택|необязательно|опционально|اختياري)");
  private static final Pattern NOT =
      Pattern.compile(
          "(?i)^\\s*(?:(?:is|are|will be)\\s+)(?:not|never)\\s+(?:\\w+\\s+)?"
              + "(?:deliver|owe|need|requir|produc|creat|part|includ)\\w*");

  /// Not this worker's to make, or not to be kept.
  private static final Pattern KEPT =
      Pattern.compile(
          "(?i)^\\s*[(,:–—-]?\\s*(?:(?:is|are|stays?|remains?|will be)\\s+)?(?:(?:left"
              + " )?(?:untouched|unchanged|unmodified|as (?:it )?is)|source of truth|read[-"
              + " ]only|temporary|intermediate|alone|not"
              + " (?:kept|committed))\\b|^\\s*[(（]\\s*(?:already )?(?:exist(?:s|ing)|for"
              + " reference|input|bereits vorhanden|deleted?|removed?|gelöscht|删除|刪除|削除)\\s*[)）]");

  private static final Pattern OF_OTHERS_BEFORE =
      Pattern.compile(
          "(?i)\\b(?:by|from|of|see)\\s+WORKER[ _-]?(?<number>\\d{1,9})(?:['’]s)?" + "\\s*:?\\s*$");
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "(?i)^\\s*[(,:|–—-]?\\s*(?:(?:is|are|will"
              + " be)\\s+)?(?:already\\s+)?(?:delivered|created|written|made|produced"
              + "|provided|owned|handled)\\s+(?:by|in)\\s+(?:(?:the|a)\\s+)?(?:(?:previous|prior|earlier|other|another|next|later)\\b|WORKER["
              + " _-]?(?<number>\\d{1,9}))");

  private NotOwed() {}

  /// What stands before a place, or the end of it: of a line with thousands of paths it is not gone
  /// through anew for each.
  static String near(String text, int end) {
    return end <= NEAR ? text.substring(0, end) : "… " + text.substring(end - NEAR, end);
  }

  /// How a sentence that begins with the path goes on; null when it is owed.
  ///
  /// @param before what stands in front of the path in its item, as `near` has it
  /// @param behind what follows it
  /// @param self the number of the worker itself; -1 when nobody knows
  static @Nullable String why(String before, String behind, int self) {
    var words = DeliverablesReader.MARKUP.matcher(before).replaceAll("");
    if (GONE.matcher(words).find()) return "is to be deleted, so it is not owed";
    if (MOVED.matcher(words).find()) return "is to be moved or replaced, so it is not owed";
    if (FORBIDDEN.matcher(words).find()) return "is named as what not to do, so it is not owed";
    if (READ.matcher(words).find()) return "is to be read, so it is not owed";
    if (SOURCE.matcher(words).find())
      return "is named as a source or an example, so it is not owed";
    if (CONDITION.matcher(words).find() || OPTIONAL.matcher(behind).find())
      return "is optional, so it is not owed";
    var next = behind.substring(0, Math.min(behind.length(), NEAR));
    var plain = DeliverablesReader.MARKUP.matcher(next).replaceAll("");
    if (MOVED_AWAY.matcher(plain).find()) return "is to be moved or replaced, so it is not owed";
    if (KEPT.matcher(plain).find()) return "is not to be made or not kept, so it is not owed";
    if (isOfOthers(OF_OTHERS_BEFORE.matcher(words), self)
        || isOfOthers(OF_OTHERS.matcher(plain), self))
      return "is another worker's, so it is not owed";
    return NOT.matcher(plain).find() ? "is said not to be delivered, so it is not owed" : null;
  }

  private static boolean isOfOthers(Matcher match, int self) {
    if (!match.find()) return false;
    var number = match.group("number");
    return number == null || Integer.parseInt(number) != self;
  }
}
