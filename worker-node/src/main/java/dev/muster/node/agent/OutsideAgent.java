package dev.muster.node.agent;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A coding agent of somebody else's, as the operator has set it up.
///
/// @param name by which an instruction's `LLM Provider`, or a role, asks for it
/// @param command a line of shell, run in the sandbox
/// @param programs folders it is installed in, which it may read there, too
/// @param promptFile where it finds what it is told, below `/tmp` of the sandbox
/// @param environment by name; `{url}`, `{token}` and `{prompt}` stand for the gateway's address,
///   what opens it, and the prompt's file
/// @param exitCodes by which it says that it has done what it could
/// @param profile of the models that answer it; null for whoever suits the task
public record OutsideAgent(
    String name,
    String command,
    List<Path> programs,
    String promptFile,
    Map<String, String> environment,
    Set<Integer> exitCodes,
    @Nullable String profile) {
  public static final String PROMPT_FILE = "/tmp/prompt.md";

  public OutsideAgent {
    if (command.isBlank()) throw new IllegalArgumentException("command is blank");
    programs = List.copyOf(programs);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    exitCodes = Set.copyOf(exitCodes);
  }
}
