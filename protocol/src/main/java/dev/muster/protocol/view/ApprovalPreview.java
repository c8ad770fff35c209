package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.approval.Preview;
import java.util.List;

/// What the runtime foresees of an operation, and not what its worker says of it.
///
/// @param digest of the operation; all that this follows from is part of it
/// @param words of it all, in a sentence
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ApprovalPreview(
    String approval,
    String digest,
    String words,
    List<Preview.Place> places,
    List<Preview.Deletion> deletions,
    List<Preview.Change> changes,
    List<Preview.Unforeseen> unforeseen,
    List<String> notes) {
  public ApprovalPreview {
    places = List.copyOf(places);
    deletions = List.copyOf(deletions);
    changes = List.copyOf(changes);
    unforeseen = List.copyOf(unforeseen);
    notes = List.copyOf(notes);
  }

  public static ApprovalPreview of(Approval approval, Preview seen) {
    return new ApprovalPreview(
        approval.id(),
        approval.digest(),
        seen.words(),
        seen.places(),
        seen.deletions(),
        seen.changes(),
        seen.unforeseen(),
        seen.notes());
  }
}
