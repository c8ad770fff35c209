package dev.muster.orchestrator.engine.commons;

import dev.muster.protocol.commons.CommonsRequest.Ask;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whom a question without a name is put to: the one whom the room's coordinator named, or whose
/// turn it is. Pure.
///
/// @param free who could be asked, beginning with whose turn it is
record Floors(List<String> free) {
  /// Messages that a coordinator is shown.
  static final int SHOWN = 10;

  /// @param to null when there is nobody
  /// @param why in words; null when whoever asks has named somebody, or nobody coordinates
  record Choice(@Nullable String to, @Nullable String why) {}

  Choice of(Ask ask) {
    if (ask.to() != null) return new Choice(ask.to(), null);
    var turn = free.isEmpty() ? null : free.getFirst();
    var chosen = ask.chosen();
    if (chosen == null) return new Choice(turn, null);
    var named = named(chosen);
    if (named.size() == 1) return new Choice(named.getFirst(), "chosen by the coordinator");
    var why =
        chosen.isBlank()
            ? "the coordinator gave no answer"
            : "the coordinator named nobody who is there";
    return new Choice(turn, why + "; it is their turn");
  }

  /// Whose ids stand in it, as words of their own.
  private List<String> named(String chosen) {
    return free.stream()
        .filter(id ->
            Pattern.compile("(?<![\\w-])" + Pattern.quote(id) + "(?![\\w-])")
                .matcher(chosen)
                .find())
        .toList();
  }

  /// @param titles by id
  /// @param before what was said last, as it is shown
  String question(String worker, Map<String, String> titles, String before, String text) {
    var question = new StringBuilder("In the room:\n");
    for (var id : free) {
      var title = titles.getOrDefault(id, "").replaceAll("\\s+", " ").strip();
      question.append("- %s  %s\n".formatted(id, title));
    }
    if (!before.isEmpty()) question.append("\nSaid last:\n").append(before).append('\n');
    return question
        .append("\n%s asks:\n%s\n\nWho is to answer?".formatted(worker, Quoting.quoted(text)))
        .toString();
  }
}
