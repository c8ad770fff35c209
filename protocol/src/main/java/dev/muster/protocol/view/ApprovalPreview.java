package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.approval.Enforced;
import dev.muster.protocol.approval.Preview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the runtime foresees of an operation, and not what its worker says of it.
///
/// @param digest of the operation; all that this follows from is part of it
/// @param words of it all, in a sentence
/// @param enforced what the runtime keeps its worker to; null when that was not kept yet
/// @param overlaps where others of its wave may write, too: they never run at the same time
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ApprovalPreview(
    String approval,
    String digest,
    String words,
    List<Preview.Place> places,
    List<Preview.Deletion> deletions,
    List<Preview.Change> changes,
    List<Preview.Unforeseen> unforeseen,
    List<String> notes,
    @Nullable Enforced enforced,
    List<Overlap> overlaps) {
  public ApprovalPreview {
    places = List.copyOf(places);
    deletions = List.copyOf(deletions);
    changes = List.copyOf(changes);
    unforeseen = List.copyOf(unforeseen);
    notes = List.copyOf(notes);
    overlaps = overlaps == null ? List.of() : List.copyOf(overlaps); // older nodes say nothing
  }

  /// @param path at or below which all of them may write
  /// @param workers some of them
  /// @param count of all
  public record Overlap(String path, List<String> workers, int count) {
    public Overlap {
      workers = List.copyOf(workers);
    }
  }

  public static ApprovalPreview of(Approval approval, Preview seen, List<Overlap> overlaps) {
    return new ApprovalPreview(
        approval.id(),
        approval.digest(),
        seen.words(),
        seen.places(),
        seen.deletions(),
        seen.changes(),
        seen.unforeseen(),
        seen.notes(),
        seen.enforced(),
        overlaps);
  }
}
