package dev.muster.protocol.journal;

import java.util.Map;

/// A family of events, and the names that they have in the journal. It stands beside its events and
/// is found by being listed in `META-INF/services`, in whichever module it lives.
///
/// A name never changes and is nobody else's. The families that Muster began with have bare ones;
/// another family puts its own word before them, as in `agent.Completed`.
public interface EventFamily {
  /// The sealed interface of its events: each of them must have a name.
  Class<? extends MusterEvent> type();

  Map<String, Class<? extends MusterEvent>> names();
}
