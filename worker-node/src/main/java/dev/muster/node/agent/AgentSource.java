package dev.muster.node.agent;

import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.worker.Assignment;
import java.io.IOException;

/// Where an attempt finds what its agent works with.
@FunctionalInterface
public interface AgentSource {
  /// @param brief what its instruction says of it
  /// @throws IOException in words, when what its run asks for cannot be had
  Agents of(Assignment assignment, Brief brief) throws IOException;
}
