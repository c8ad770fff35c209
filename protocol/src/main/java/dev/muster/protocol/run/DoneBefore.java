package dev.muster.protocol.run;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.Map;

/// What workers of a new run completed in an earlier one, and need not do again. It may be as long
/// as the plan, so it is stored as that is, and named by its digest.
///
/// @param workers by their ids
public record DoneBefore(Map<String, WorkerStatus> workers) implements CborSerializable {
  public static final DoneBefore NOTHING = new DoneBefore(Map.of());

  public DoneBefore {
    workers = Map.copyOf(workers);
  }
}
