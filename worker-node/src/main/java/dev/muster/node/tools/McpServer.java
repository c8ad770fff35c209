package dev.muster.node.tools;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server of the Model Context Protocol, as the operator has set it up.
///
/// @param name of a-z, 0-9, dashes and underscores; part of the names of its tools
/// @param command a line of shell that starts it in the sandbox; null for one that is reached by
///   HTTP
/// @param url of such a one; null for one that is started
/// @param allow its tools that may be called; there are no others
/// @param programs folders that a started one is installed in
/// @param secret that one reached by HTTP gets as a bearer token, by name; null for none
public record McpServer(
    String name,
    @Nullable String command,
    @Nullable URI url,
    List<String> allow,
    List<Path> programs,
    @Nullable String secret) {
  public static final String TOOL = "[A-Za-z0-9_-]{1,40}";

  public McpServer {
    if ((command == null) == (url == null)) {
      throw new IllegalArgumentException(name + " is either started or reached");
    }
    allow = List.copyOf(allow);
    programs = List.copyOf(programs);
  }
}
