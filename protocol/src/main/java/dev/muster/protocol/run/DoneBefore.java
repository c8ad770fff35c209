package dev.muster.protocol.run;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.run.RunEvent.WorkerSpawned;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.List;
import java.util.Map;

/// What workers of a new run completed in an earlier one, and need not do again. It may be as long
/// as the plan, so it is stored as that is, and named by its digest.
///
/// @param workers by their ids
/// @param spawned those of them that others of them had asked for, whoever asked before whom he
///   asked for; as the earlier run took them in
public record DoneBefore(Map<String, WorkerStatus> workers, List<WorkerSpawned> spawned)
    implements CborSerializable {
  public static final DoneBefore NOTHING = new DoneBefore(Map.of(), List.of());

  public DoneBefore {
    workers = Map.copyOf(workers);
    spawned = spawned == null ? List.of() : List.copyOf(spawned);
  }
}
