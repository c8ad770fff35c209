package dev.muster.orchestrator.api.server;

/// Whether a node can do its part now.
///
/// @param status one word, such as `UP`, `STARTING` or `DATABASE_DOWN`
/// @param detail one sentence for people
public record Health(boolean ready, String status, String detail) {
  public static final Health STARTING = new Health(false, "STARTING", "the node is starting");
}
