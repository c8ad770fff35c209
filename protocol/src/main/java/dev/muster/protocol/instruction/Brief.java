package dev.muster.protocol.instruction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an instruction without EXECUTION says to and of the agent that is to carry it out.
///
/// @param classification what stands under TASK_CLASSIFICATION, a line per statement
/// @param provider the `LLM Provider` of its metadata, as written; null when it names none
/// @param role the `Role` of its metadata, as written; null when it names none
/// @param boundaries what stands under BOUNDARIES, a line per statement without its bullet
/// @param sections the whole file under its heading, in its order
/// @param within the roles of those above it, whose tools are all that a sub-worker has; empty for
///   what comes from a file
public record Brief(
    String classification,
    @Nullable String provider,
    @Nullable String role,
    List<String> boundaries,
    List<Section> sections,
    List<String> within) {
  public Brief {
    boundaries = List.copyOf(boundaries);
    sections = sections == null ? List.of() : List.copyOf(sections);
    within = within == null ? List.of() : List.copyOf(within);
  }

  /// Of a file.
  public Brief(
      String classification,
      @Nullable String provider,
      @Nullable String role,
      List<String> boundaries,
      List<Section> sections) {
    this(classification, provider, role, boundaries, sections, List.of());
  }

  /// One that quotes nothing of its file.
  public Brief(
      String classification,
      @Nullable String provider,
      @Nullable String role,
      List<String> boundaries) {
    this(classification, provider, role, boundaries, List.of());
  }

  /// @param name of the point, or the heading as written; empty for what stands before the first
  /// @param text as it stands
  public record Section(String name, String text) {}
}
