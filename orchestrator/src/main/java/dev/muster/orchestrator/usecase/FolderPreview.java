package dev.muster.orchestrator.usecase;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.engine.instruction.Finding;
import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would become of a folder, before anything does.
///
/// @param total workers that would run
/// @param more whether there are more instructions than are shown
/// @param edges pairs: who must complete first, and who waits for it; the first of them
/// @param criticalPath the chain of dependencies that takes longest, first to last; its beginning
/// @param gates operations that would ask
/// @param oneAtATime paths that several workers of a wave may write, who would not run at the same
///   time; the first of them
/// @param refusal why no run would be created as it is; null when one would
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FolderPreview(
    String folder,
    String workforce,
    int total,
    List<Wave> waves,
    List<Shown> instructions,
    boolean more,
    List<List<String>> edges,
    List<String> criticalPath,
    int gates,
    List<Conflict> oneAtATime,
    @Nullable String refusal) {
  public FolderPreview {
    waves = List.copyOf(waves);
    instructions = List.copyOf(instructions);
    edges = List.copyOf(edges);
    criticalPath = List.copyOf(criticalPath);
    oneAtATime = List.copyOf(oneAtATime);
  }

  /// @param seconds it is expected to take
  public record Wave(int wave, String name, int workers, boolean approval, long seconds) {}

  /// @param id null when the file gives none
  /// @param file within the folder
  /// @param wave null when it would not run
  /// @param score 0 to 100
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Shown(
      @Nullable String id,
      String file,
      String title,
      @Nullable Integer wave,
      int score,
      int errors,
      int warnings) {}

  /// @param digest of the bytes it was read as; whoever saves another text names it
  /// @param locked why it cannot be saved by whoever asked; null when it can
  /// @param findings the first of them
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Text(
      @Nullable String id,
      String file,
      String text,
      String digest,
      int score,
      @Nullable String locked,
      List<Finding> findings) {
    public Text {
      findings = List.copyOf(findings);
    }
  }

  /// What a text would be, stood it in its file.
  ///
  /// @param findings the first of them
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Judged(@Nullable String id, int score, int errors, List<Finding> findings) {
    public Judged {
      findings = List.copyOf(findings);
    }
  }
}
