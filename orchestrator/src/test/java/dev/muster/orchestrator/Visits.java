package dev.muster.orchestrator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.pcollections.PMap;

/// Counts how many values of persistent maps are looked at, and so how much is scanned.
public final class Visits {
  private long count;

  public long count() {
    return count;
  }

  /// A map that is counted, and so is every map that comes of it.
  @SuppressWarnings("unchecked")
  public <K, V> PMap<K, V> in(PMap<K, V> map) {
    return (PMap<K, V>)
        Proxy.newProxyInstance(
            PMap.class.getClassLoader(),
            new Class<?>[] {PMap.class},
            (_, method, arguments) -> {
              switch (method.getName()) {
                case "get", "getOrDefault" -> count++;
                case "values", "entrySet", "keySet", "forEach" -> count += map.size();
                default -> {}
              }
              try {
                var result = method.invoke(map, arguments);
                return result instanceof PMap<?, ?> next ? in((PMap<K, V>) next) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
