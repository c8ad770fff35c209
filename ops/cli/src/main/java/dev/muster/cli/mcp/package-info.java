/// Muster as a server of the Model Context Protocol, for agents that are not its own.
///
/// Begin with [McpServing].
@NullMarked
package dev.muster.cli.mcp;

import org.jspecify.annotations.NullMarked;
