package dev.muster.orchestrator.engine.commons;

import dev.muster.protocol.commons.CommonsEvent.Noted;
import dev.muster.protocol.commons.CommonsEvent.ValuePut;
import dev.muster.protocol.commons.CommonsRequest.ListKeys;
import dev.muster.protocol.commons.CommonsRequest.Put;
import dev.muster.protocol.commons.CommonsRequest.Remember;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values that the workers of a run share, and notes that each keeps for itself. Pure.
///
/// @param worker who asks
/// @param ordinal of its step
record Values(CommonsState state, String worker, int ordinal, Instant now) {
  static final int KEYS_MAX = 200;
  static final int VALUE_CHARS_MAX = 16_000;
  static final int ALL_CHARS_MAX = 256_000;
  static final int NOTE_CHARS_MAX = 4_000;

  /// Everything is read when the entity comes back into memory.
  static final int CHANGES_MAX = 10_000;

  private static final int HISTORY_SHOWN = 5;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./:-]{0,99}");

  Ruling put(Put put) {
    var before = state.values().get(put.key());
    var version = before == null ? 0 : before.version();
    var problem = unfit(put.key(), put.value(), VALUE_CHARS_MAX);
    if (problem == null && put.expected() != null && put.expected() != version) {
      problem =
          "expected version %d of `%s`, found %s; look with state_get, then decide again"
              .formatted(
                  put.expected(),
                  put.key(),
                  before == null ? "none" : version + " by " + before.worker());
    }
    if (problem == null && before == null && state.values().size() >= KEYS_MAX) {
      problem =
          "the run has %d values already, which is all it may; set one that there is"
              .formatted(KEYS_MAX);
    }
    var grows = put.value().length() - (before == null ? 0 : before.value().length());
    if (problem == null && grows > 0 && state.valueChars() + grows > ALL_CHARS_MAX) {
      problem =
          "the values of the run would have %d characters, more than the %d they may; write large things to a deliverable"
              .formatted(state.valueChars() + grows, ALL_CHARS_MAX);
    }
    return problem == null
        ? Ruling.of(new ValuePut(worker, ordinal, put.key(), put.value(), version + 1, now))
        : Ruling.refused(problem);
  }

  Ruling get(String key) {
    var found = state.values().get(key);
    return found == null
        ? Ruling.refused(
            "there is no value `%s`; state_list shows what there is".formatted(cut(key)))
        : Ruling.told(
            "version %d, by %s:\n%s"
                .formatted(found.version(), found.worker(), Quoting.quoted(found.value())));
  }

  Ruling list(ListKeys list) {
    var text = new StringBuilder();
    for (var value : state.values().values()) {
      if (!value.key().startsWith(list.prefix())) continue;
      text.append(
          "%s  version %d, %d characters, by %s\n"
              .formatted(value.key(), value.version(), value.value().length(), value.worker()));
    }
    return Ruling.told(text.isEmpty() ? "there is no such value" : text.toString().strip());
  }

  Ruling remember(Remember it) {
    var problem = unfit(it.key(), it.value(), NOTE_CHARS_MAX);
    var before = state.notes().get(it.key());
    if (problem == null && before == null && state.notes().size() >= KEYS_MAX) {
      problem = "you keep %d notes already, which is all you may".formatted(KEYS_MAX);
    }
    return problem == null
        ? Ruling.of(new Noted(worker, ordinal, it.key(), it.value(), state.changes() + 1L, now))
        : Ruling.refused(problem);
  }

  /// The newest, and what was kept under that key before.
  Ruling recall(@Nullable String key) {
    if (key == null) {
      return Ruling.told(
          state.notes().isEmpty()
              ? "you keep no note yet"
              : String.join("\n", state.notes().keySet()));
    }
    var notes = state.notes().get(key);
    if (notes == null) {
      return Ruling.refused(
          "you keep no note `%s`; recall without a key shows which".formatted(cut(key)));
    }
    var newest = notes.get(notes.size() - 1);
    var text = new StringBuilder(newest.value());
    var shown = 0;
    for (var at = notes.size() - 2; at >= 0 && shown < HISTORY_SHOWN; at--, shown++) {
      var old = notes.get(at);
      text.append("\n\nBefore (note %d):\n%s".formatted(old.number(), old.value()));
    }
    var more = notes.size() - 1 - shown;
    if (more > 0) text.append("\n\nand %d older".formatted(more));
    return Ruling.told(text.toString());
  }

  private @Nullable String unfit(String key, String value, int charsMax) {
    if (!KEY.matcher(key).matches()) {
      return "expected a key of at most 100 letters, digits, `_`, `.`, `/`, `:` and `-` that begins with a letter or digit, found `%s`"
          .formatted(cut(key));
    }
    if (value.length() > charsMax) {
      return "the value has %d characters, more than the %d it may"
          .formatted(value.length(), charsMax);
    }
    return state.changes() >= CHANGES_MAX
        ? "there were %d changes already, which are all there may be".formatted(CHANGES_MAX)
        : null;
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
