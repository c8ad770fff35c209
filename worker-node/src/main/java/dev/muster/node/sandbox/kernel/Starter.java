package dev.muster.node.sandbox.kernel;

import java.io.IOException;

/// How this node starts its processes, which is not the kernel's business.
@FunctionalInterface
public interface Starter {
  Process start(ProcessBuilder builder) throws IOException;
}
