package dev.muster.orchestrator.readside.table;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What runs are called besides their ids: words such as `nightly`, or keys with values such as
/// `team=red`. Capitals do not matter when one looks for them. Pure.
public final class Tags {
  public static final int PER_RUN_MAX = 20;
  public static final int CHARS_MAX = 127;

  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}(=[A-Za-z0-9._/@:+-]{1,63})?");

  private Tags() {}

  /// What is expected instead, in words; null when they may stand.
  public static @Nullable String problem(Collection<String> tags) {
    if (tags.size() > PER_RUN_MAX) {
      return "expected at most %d tags, found %d".formatted(PER_RUN_MAX, tags.size());
    }
    for (var tag : tags) {
      if (isTag(tag)) continue;
      return "expected a word such as nightly, or key=value such as team=red (letters, digits and ."
          + " _ / -, 63 at most of either), found "
          + (tag.length() <= CHARS_MAX ? tag : tag.substring(0, CHARS_MAX) + "…");
    }
    return null;
  }

  /// The first so many; of one that is added and taken away nothing stays.
  public static List<String> changed(
      Collection<String> tags, Collection<String> added, Collection<String> removed) {
    var gone = removed.stream().map(Tags::key).collect(Collectors.toSet());
    var changed = new LinkedHashMap<String, String>();
    Stream.concat(tags.stream(), added.stream())
        .filter(tag -> !gone.contains(key(tag)))
        .forEach(tag -> changed.putIfAbsent(key(tag), tag));
    return changed.values().stream().limit(PER_RUN_MAX).toList();
  }

  public static boolean isTag(String text) {
    return FORM.matcher(text).matches();
  }

  /// What finds one: it as it is, and its key alone.
  static List<String> found(Collection<String> tags) {
    return tags.stream()
        .map(Tags::key)
        .flatMap(tag -> List.of(tag, tag.split("=", 2)[0]).stream())
        .distinct()
        .toList();
  }

  public static String key(String tag) {
    return tag.toLowerCase(Locale.ROOT);
  }
}
