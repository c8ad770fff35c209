package dev.muster.orchestrator.usecase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What many ask for is looked up once. Whoever asks for the same at the same time waits for the
/// first; whoever asks for something else waits for nobody. Bounded: what was not asked for longest
/// is forgotten.
public final class Shared<K, V> {
  private record Kept<V>(long asOf, CompletableFuture<@Nullable V> value) {}

  private final Map<K, Kept<V>> kept;

  public Shared(int max) {
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > max;
          }
        };
  }

  /// One thing that does not age: whatever changes it is a part of its key.
  public V get(K key, Supplier<V> find) {
    return get(Map.of(key, 0L), 0, _ -> Map.of(key, find.get())).getFirst();
  }

  /// @param wanted how old each may be: by the same measure as `asOf`
  /// @param asOf how old what is looked up now will be at most
  /// @param find finds some of them, those that there are
  public List<V> get(Map<K, Long> wanted, long asOf, Function<List<K>, Map<K, V>> find) {
    var missing = new LinkedHashMap<K, Kept<V>>();
    var all = new ArrayList<CompletableFuture<@Nullable V>>();
    synchronized (kept) {
      wanted.forEach((key, since) -> {
        var it = kept.get(key);
        if (it == null || it.asOf() < since) {
          it = new Kept<>(asOf, new CompletableFuture<>());
          missing.put(key, it);
          kept.put(key, it);
        }
        all.add(it.value());
      });
    }
    if (!missing.isEmpty()) find(missing, find);
    return all.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList();
  }

  /// Whoever waited for one that failed fails for the same reason; whoever asks later looks it up.
  private void find(Map<K, Kept<V>> missing, Function<List<K>, Map<K, V>> find) {
    try {
      var found = find.apply(List.copyOf(missing.keySet()));
      missing.forEach((key, it) -> it.value().complete(found.get(key)));
    } catch (RuntimeException | Error e) {
      missing.forEach((_, it) -> it.value().completeExceptionally(e));
      synchronized (kept) {
        missing.forEach(kept::remove);
      }
      throw e;
    }
  }
}
