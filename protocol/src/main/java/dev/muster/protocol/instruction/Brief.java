package dev.muster.protocol.instruction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an instruction without EXECUTION says of the agent that is to carry it out.
///
/// @param classification what stands under TASK_CLASSIFICATION, a line per statement
/// @param provider the `LLM Provider` of its metadata, as written; null when it names none
/// @param role the `Role` of its metadata, as written; null when it names none
/// @param boundaries what stands under BOUNDARIES, a line per statement without its bullet
public record Brief(
    String classification,
    @Nullable String provider,
    @Nullable String role,
    List<String> boundaries) {
  public Brief {
    boundaries = List.copyOf(boundaries);
  }
}
