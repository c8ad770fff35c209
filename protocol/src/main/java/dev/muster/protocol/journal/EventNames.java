package dev.muster.protocol.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names of events in the journal, as their families say them. A class may move; its name here
/// never changes.
public final class EventNames {
  /// All that this process has, whatever module they come from.
  private static final EventNames HERE =
      new EventNames(ServiceLoader.load(EventFamily.class, EventFamily.class.getClassLoader()));

  private final Map<String, Class<? extends MusterEvent>> byName = new HashMap<>();
  private final Map<Class<?>, String> byClass = new HashMap<>();

  /// @throws IllegalStateException for an event with no name, with two, or with another's
  EventNames(Iterable<EventFamily> families) {
    families.forEach(this::add);
  }

  private void add(EventFamily family) {
    family
        .names()
        .forEach((name, event) -> {
          var other = byName.put(name, event);
          if (other != null) throw new IllegalStateException(other + " is " + name + ", too");
          var before = byClass.put(event, name);
          if (before != null) throw new IllegalStateException(event + " is " + before + ", too");
        });
    for (var event : family.type().getPermittedSubclasses()) {
      if (!byClass.containsKey(event)) {
        throw new IllegalStateException(event + " has no name in " + family.getClass());
      }
    }
  }

  String name(MusterEvent event) {
    var name = byClass.get(event.getClass());
    if (name == null) throw new IllegalArgumentException(event.getClass() + " is in no family");
    return name;
  }

  @Nullable Class<? extends MusterEvent> type(String name) {
    return byName.get(name);
  }

  public static String nameOf(MusterEvent event) {
    return HERE.name(event);
  }

  /// The class behind a name, or null when this version of Muster does not know it.
  public static @Nullable Class<? extends MusterEvent> classOf(String name) {
    return HERE.type(name);
  }

  /// Those of one event, or of all of a family.
  public static Set<String> namesOf(Class<? extends MusterEvent> type) {
    return HERE.byName.entrySet().stream()
        .filter(it -> type.isAssignableFrom(it.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  public static Map<String, Class<? extends MusterEvent>> all() {
    return Map.copyOf(HERE.byName);
  }
}
