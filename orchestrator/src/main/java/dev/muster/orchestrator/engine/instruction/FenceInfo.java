package dev.muster.orchestrator.engine.instruction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The info string of a fence: a language, then `key=value`, `key="…"` (with `\"` and `\\`) or
/// `key='…'`.
///
/// @param problem what is wrong with it, as a sentence; null when it is well formed. The attributes
///   are then those before the fault.
record FenceInfo(String language, Map<String, String> attributes, @Nullable String problem) {
  /// What bash can run. The others that look like it hold prompts or speak another dialect.
  static final Set<String> SHELLS = Set.of("bash", "sh", "shell");

  /// `{.bash}`, as Pandoc writes it, and `{bash}`, as R does.
  private static final Pattern BRACED = Pattern.compile("^\\{\\.?(\\w{1,40})}$");

  FenceInfo {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  boolean isShell() {
    return SHELLS.contains(language);
  }

  /// Whether it is run where scripts are expected: a language left out is bash.
  boolean isRun() {
    return isShell() || (language.isEmpty() && problem == null);
  }

  static FenceInfo parse(String info) {
    return new Scan(info).parse();
  }

  private static final class Scan {
    private final String text;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private int at;

    Scan(String text) {
      this.text = text;
    }

    FenceInfo parse() {
      var language = BRACED.matcher(until(" \t")).replaceFirst("$1").toLowerCase(Locale.ROOT);
      if (language.indexOf('=') >= 0) {
        return new FenceInfo("", attributes, "the language is missing before " + language);
      }
      String problem = null;
      while (problem == null && skipBlanks()) problem = attribute();
      return new FenceInfo(language, attributes, problem);
    }

    private boolean skipBlanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
      return at < text.length();
    }

    /// Null when all is well.
    private @Nullable String attribute() {
      var key = until("= \t");
      if (at == text.length() || text.charAt(at) != '=') {
        return "'" + key + "' is not of the form key=value";
      }
      at++;
      var value = value();
      if (value == null) return "the quote after " + key + "= is not closed";
      if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        return "there is text right behind the value of " + key;
      }
      return attributes.put(key, value) == null ? null : key + " is given twice";
    }

    private @Nullable String value() {
      if (at == text.length()) return "";
      var quote = text.charAt(at);
      if (quote != '"' && quote != '\'') return until(" \t");
      var value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        var c = text.charAt(at);
        if (c == quote) {
          at++;
          return value.toString();
        }
        var escaped = quote == '"' && c == '\\' && at + 1 < text.length();
        if (escaped && "\"\\".indexOf(text.charAt(at + 1)) >= 0) c = text.charAt(++at);
        value.append(c);
      }
      return null;
    }

    private String until(String stops) {
      var start = at;
      while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) at++;
      return text.substring(start, at);
    }
  }
}
