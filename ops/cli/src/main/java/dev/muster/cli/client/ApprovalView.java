package dev.muster.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation that waits for a decision, or had one.
///
/// @param run null for callers that are not workers
/// @param mayHaveRun a crash left it unknown whether the operation ran
public record ApprovalView(
    String id,
    @Nullable String run,
    String worker,
    String kind,
    String risk,
    String consequence,
    String script,
    List<String> writes,
    boolean network,
    String workingFolder,
    @Nullable String check,
    String digest,
    @Nullable Bound bound,
    boolean mayHaveRun,
    @Nullable Instant requestedAt,
    @Nullable Instant deadline,
    String state,
    @Nullable String decidedBy,
    @Nullable String reason,
    @Nullable Instant decidedAt,
    boolean consumed,
    @Nullable JsonNode outcome) {
  public ApprovalView {
    writes = writes == null ? List.of() : List.copyOf(writes);
    script = script == null ? "" : script;
    workingFolder = workingFolder == null ? "" : workingFolder;
    digest = digest == null ? "" : digest;
  }

  /// What the digest covers.
  public record Bound(
      List<String> reads, List<String> covers, List<BoundFile> files, List<String> changes) {
    public Bound {
      reads = reads == null ? List.of() : List.copyOf(reads);
      covers = covers == null ? List.of() : List.copyOf(covers);
      files = files == null ? List.of() : List.copyOf(files);
      changes = changes == null ? List.of() : List.copyOf(changes);
    }
  }

  /// @param sha256 null for a link
  /// @param text null when it was not declared, or is nothing to read
  public record BoundFile(
      String place, String path, @Nullable String sha256, long bytes, @Nullable String text) {}

  public boolean pending() {
    return state.equals("PENDING");
  }
}
