package dev.muster.node.agent;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What all agents of a run, and of each of its waves, use together, whichever node they are on. It
/// is told what an agent has used in all its life, so that telling it again changes nothing.
public interface Ledger {
  /// Where nothing is limited.
  Ledger NONE =
      new Ledger() {
        @Override
        public @Nullable Full reserve(Claim claim) {
          return null;
        }

        @Override
        public void settle(Claim claim) {}

        @Override
        public void raise(Full full, String source) {}
      };

  /// @param wave null where it is not known
  /// @param tree the worker of the plan whose share it uses of; null for one that stands alone
  /// @param used by the worker, in all its attempts
  /// @param next what its next call may use at most
  record Claim(
      String run,
      @Nullable Integer wave,
      String worker,
      Spend used,
      Spend next,
      @Nullable String tree) {
    public Claim(String run, @Nullable Integer wave, String worker, Spend used, Spend next) {
      this(run, wave, worker, used, next, null);
    }
  }

  /// There is no room for one more call.
  ///
  /// @param scope `run`, `wave 2` or `tree WORKER_014`
  /// @param limit in words, the same until it is raised
  /// @param passes it is only held for the calls of others, and may come back
  record Full(String run, String scope, String limit, boolean passes) {
    public String sentence() {
      return "the agents of its %s may use %s together, and that is used up"
          .formatted(scope, limit);
    }
  }

  /// Holds what the next call may use at most, unless that is too much.
  ///
  /// @return why not; null when it may begin
  @Nullable Full reserve(Claim claim) throws IOException;

  /// Nothing of the worker is under way.
  void settle(Claim claim) throws IOException;

  /// As much again, once for each source.
  void raise(Full full, String source) throws IOException;
}
