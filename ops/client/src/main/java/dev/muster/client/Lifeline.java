package dev.muster.client;

import java.net.URI;
import java.time.Duration;

/// What a client holds on to when its node does not answer: a request may be sent again, for
/// reading changes nothing, and what changes something carries its `Idempotency-Key`, or comes to
/// the same however often it is done. What does neither (a login, a new user, a new token) is sent
/// once.
public interface Lifeline {
  /// There is none: what went wrong stands.
  Lifeline NONE =
      new Lifeline() {
        @Override
        public URI next(URI lost, ApiException why) {
          throw why;
        }

        @Override
        public void answered(URI node) {}
      };

  /// Asks the same node again, ever more slowly.
  ///
  /// @param longest from the first failure to the last try
  static Lifeline waiting(Duration longest) {
    return new Waiting(longest);
  }

  /// Waits a while.
  ///
  /// @return where to send the request next
  /// @throws RuntimeException such as the reason itself, when it is time to give up
  URI next(URI lost, ApiException why);

  /// A node has answered.
  void answered(URI node);
}
