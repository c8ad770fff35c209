package dev.muster.orchestrator.usecase;

import dev.muster.protocol.approval.ApprovalPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run that somebody wants.
///
/// @param id chosen by the API, so that repeating the request creates nothing twice
/// @param folder absolute
/// @param waves a wave plan's file or name; null for the default
/// @param only which workers; null for all
/// @param target absolute; null for the node's own folder
/// @param results absolute; null for the default
/// @param strict a warning refuses the run, too
/// @param allowIncomplete what cannot be used is left out instead of refusing the run
/// @param since an earlier run: what it has completed and is unchanged is not done again; null for
///   none
/// @param replay absolute; a cassette that answers in place of models; null for none but the
///   folder's own
/// @param tags as [Tags] has them
/// @param targetArtifact the digest of a target that was sent, in place of one; null for none
/// @param by the name of whoever wants it
public record NewRun(
    String id,
    Path folder,
    @Nullable String waves,
    @Nullable String only,
    @Nullable Path target,
    ApprovalPolicy approve,
    boolean rehearse,
    @Nullable Path results,
    boolean strict,
    boolean allowIncomplete,
    int attemptsMax,
    @Nullable String since,
    @Nullable Path replay,
    List<String> tags,
    @Nullable String targetArtifact,
    String by) {
  public NewRun {
    tags = List.copyOf(tags);
  }
}
