package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.time.Duration;

/// What a wish is answered.
public sealed interface Grant extends CborSerializable {
  /// The call may begin, and its end must be told.
  record Granted(long permit, String provider, String model) implements Grant {}

  /// Whoever asks again with its ticket keeps its place.
  ///
  /// @param before how many stand before it
  /// @param why of each, with numbers
  record InLine(int before, String why) implements Grant {}

  /// @param again until the first of them may be free
  /// @param why of each, with numbers
  record Later(Duration again, String why) implements Grant {}
}
