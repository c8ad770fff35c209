package dev.muster.protocol.worker;

import dev.muster.protocol.CborSerializable;
import java.util.List;

/// What a worker hands on: its own deliverables, and by name all that was handed to it. Stored by
/// the SHA-256 of its bytes, so that a chain of N workers is N short records and not N lists of up
/// to N.
///
/// @param artifacts empty in the one that an assignment names: what is handed to a worker
/// @param from digests of what each of its dependencies hands on, the nearest first
public record Handover(String worker, List<Artifact> artifacts, List<String> from)
    implements CborSerializable {
  public Handover {
    artifacts = List.copyOf(artifacts);
    from = List.copyOf(from);
  }
}
