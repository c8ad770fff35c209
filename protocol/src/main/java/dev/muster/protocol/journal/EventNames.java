package dev.muster.protocol.journal;

import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.worker.WorkerEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of events in the journal. A class may move; its name here never changes, and today it
/// is the simple name that the class was born with.
public final class EventNames {
  private static final Map<String, Class<? extends MusterEvent>> BY_NAME =
      Stream.of(WorkerEvent.class, RunEvent.class, ApprovalEvent.class)
          .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
          .<Class<? extends MusterEvent>>map(event -> event.asSubclass(MusterEvent.class))
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  private EventNames() {}

  public static String nameOf(MusterEvent event) {
    return event.getClass().getSimpleName();
  }

  /// The class behind a name, or null when this version of Muster does not know it.
  public static @Nullable Class<? extends MusterEvent> classOf(String name) {
    return BY_NAME.get(name);
  }

  public static Map<String, Class<? extends MusterEvent>> all() {
    return BY_NAME;
  }
}
