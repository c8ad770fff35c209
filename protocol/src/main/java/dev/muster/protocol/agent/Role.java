package dev.muster.protocol.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What kind of worker somebody is. Data only: it changes what a model is told and asked through,
/// and takes tools away; it gives none, and allows nothing.
///
/// @param name as instructions name it, in lower case
/// @param profile of the model it is best carried out by; null for any that suits the task
/// @param tools the only ones it is offered; empty for all
/// @param text its standing rules and what it has to hand over
public record Role(String name, @Nullable String profile, List<String> tools, String text) {
  public Role {
    tools = tools == null ? List.of() : List.copyOf(tools);
  }
}
