package dev.muster.protocol.instruction;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a node offers and an instruction requires, such as `docker`, `python3` or `gpu`: sorted, so
/// that the same requirements always read the same.
public final class Labels {
  /// Stands in a shard id where nothing is required, so no label may be called so.
  public static final String ANY = "any";

  /// Required by one instruction; ids of entities and shards list them all.
  public static final int LABELS_MAX = 8;

  private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,30}");

  private Labels() {}

  public static boolean valid(String label) {
    return LABEL.matcher(label).matches() && !label.equals(ANY);
  }

  /// Sorted and each once. An old journal has none at all.
  public static List<String> sorted(@Nullable Collection<String> labels) {
    return labels == null ? List.of() : labels.stream().distinct().sorted().toList();
  }
}
