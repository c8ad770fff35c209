package dev.muster.orchestrator.engine.instruction;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line as it would be read aloud: without emphasis, links, tags and escapes, and with one sign
/// for what keyboards and word processors write in ten ways (dashes, blanks, full-width letters).
final class PlainText {
  private static final Pattern LINK =
      Pattern.compile("!?\\[([^\\[\\]]{0,500})]\\(([^()\\s]{0,500})(?:\\s[^()]{0,200})?\\)");
  private static final Pattern WIKI =
      Pattern.compile("\\[\\[([^\\[\\]|]{1,200})(?:\\|[^\\[\\]]{0,200})?]]");
  private static final Pattern FOOTNOTE = Pattern.compile("\\[\\^[^\\[\\]]{1,40}]:?");
  private static final Pattern TAG =
      Pattern.compile("</?[A-Za-z]{1,10}[1-6]?(?:\\s[^<>]{0,300})?/?>");
  private static final Pattern WORKER_TAG =
      Pattern.compile(
          "(?i)<(?:worker|dep[a-z]{0,12}|ref)\\s[^<>\"']{0,100}[\"'](?:worker["
              + " _-]?)?(\\d{1,9})[\"'][^<>]{0,200}>");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([\\p{Punct}])");
  private static final Pattern EDGE_UNDERSCORES =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])_{1,3}(?=[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}.:])_{1,3}(?![\\w\\p{L}])");
  private static final Pattern ENTITY =
      Pattern.compile("&(#\\d{1,6}|#[xX]\\p{XDigit}{1,5}|\\w{2,8});");
  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("nbsp", " "),
          Map.entry("ensp", " "),
          Map.entry("emsp", " "),
          Map.entry("thinsp", " "),
          Map.entry("ndash", "-"),
          Map.entry("mdash", "-"),
          Map.entry("minus", "-"),
          Map.entry("hyphen", "-"),
          Map.entry("dash", "-"),
          Map.entry("shy", ""),
          Map.entry("lowbar", "_"),
          Map.entry("num", "#"),
          Map.entry("amp", "&"),
          Map.entry("comma", ","),
          Map.entry("hellip", "..."),
          Map.entry("rarr", "->"),
          Map.entry("quot", "\""),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"));

  private PlainText() {}

  static String of(String line) {
    var text = folded(entities(line));
    text = FOOTNOTE.matcher(text).replaceAll("");
    text = WIKI.matcher(text).replaceAll("$1");
    text = LINK.matcher(text).replaceAll(match -> replacement(match.group(1), match.group(2)));
    if (text.indexOf('<') >= 0) text = WORKER_TAG.matcher(text).replaceAll(" WORKER_$1 ");
    text = TAG.matcher(text).replaceAll(" ");
    text = ESCAPE.matcher(text).replaceAll("$1");
    text = text.replaceAll("[*`\"\\[\\]{}]", "");
    return EDGE_UNDERSCORES.matcher(text).replaceAll("").strip();
  }

  /// A link reads as its words, and also as its target where only that names a worker.
  private static String replacement(String words, String target) {
    var worker = target.matches("(?i).*worker[_-]?\\d.*") && !WorkerNames.in(words);
    if (!worker) return Matcher.quoteReplacement(words);
    return Matcher.quoteReplacement(words.matches("[\\W\\d]*") ? target : words + " " + target);
  }

  private static String entities(String text) {
    if (text.indexOf('&') < 0) return text;
    return ENTITY
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(entity(match.group(1), match.group())));
  }

  private static String entity(String name, String whole) {
    if (!name.startsWith("#")) return ENTITIES.getOrDefault(name, whole);
    var hex = name.startsWith("#x") || name.startsWith("#X");
    var code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
    return Character.isValidCodePoint(code) ? Character.toString(code) : whole;
  }

  private static String folded(String text) {
    var plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c < 0x80) {
            plain.append(c == '\t' ? ' ' : (char) c);
          } else {
            fold(c, plain);
          }
        });
    return plain.toString();
  }

  private static void fold(int c, StringBuilder plain) {
    var kind = Character.getType(c);
    if (c >= 0xFF01 && c <= 0xFF5E) {
      plain.append((char) (c - 0xFEE0)); // full-width
    } else if (Character.digit(c, 10) >= 0) {
      plain.append(Character.digit(c, 10));
    } else if (kind == Character.DASH_PUNCTUATION || c == '\u2212' || c == '\u00AF') {
      plain.append('-');
    } else if (kind == Character.SPACE_SEPARATOR || kind == Character.LINE_SEPARATOR) {
      plain.append(' ');
    } else if ("→⇒⟶⟹➔➜➡".indexOf(c) >= 0) {
      plain.append("->");
    } else if (c == '\u2026') {
      plain.append("...");
    } else if (c == '\u2019' || c == '\u2018') {
      plain.append('\'');
    } else if (c == '\u3001' || c == '\u201A') {
      plain.append(',');
    } else if (kind != Character.FORMAT && c != '\uFE0F') {
      plain.appendCodePoint(c);
    }
  }
}
