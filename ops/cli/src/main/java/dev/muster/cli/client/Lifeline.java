package dev.muster.cli.client;

import dev.muster.host.refusal.Refusal;
import java.net.URI;

/// What a client holds on to when its node does not answer: each request may be sent again, for
/// reading changes nothing and what changes something carries its `Idempotency-Key`.
public interface Lifeline {
  /// There is none: what went wrong stands.
  Lifeline NONE =
      new Lifeline() {
        @Override
        public URI next(URI lost, Refusal why) {
          throw why;
        }

        @Override
        public void answered(URI node) {}
      };

  /// Waits a while.
  ///
  /// @return where to send the request next
  /// @throws Refusal when it is time to give up
  URI next(URI lost, Refusal why);

  /// A node has answered.
  void answered(URI node);
}
