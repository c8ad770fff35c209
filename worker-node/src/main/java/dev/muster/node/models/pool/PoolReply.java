package dev.muster.node.models.pool;

import dev.muster.node.models.ModelAnswer;
import dev.muster.node.models.ModelFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a call, whoever was asked.
public sealed interface PoolReply {
  /// @param costMicros in millionths of a dollar; null when the price is not known
  record Answered(
      ModelAnswer answer,
      String profile,
      String provider,
      String model,
      @Nullable Long costMicros,
      long latencyMillis,
      List<Failure> before)
      implements PoolReply {
    public Answered {
      before = List.copyOf(before);
    }
  }

  /// All that could be asked are used up for now.
  ///
  /// @param again until the first may be asked again
  /// @param why of each, with numbers
  record Exhausted(Duration again, String why, List<Failure> failures) implements PoolReply {
    public Exhausted {
      failures = List.copyOf(failures);
    }
  }

  /// Nobody could answer this, and waiting would not help.
  record Failed(List<Failure> failures) implements PoolReply {
    public Failed {
      failures = List.copyOf(failures);
    }
  }

  record Cancelled() implements PoolReply {}

  /// One try that failed.
  record Failure(String provider, String model, ModelFailure failure) {
    @Override
    public String toString() {
      return "%s/%s %s".formatted(provider, model, failure.sentence());
    }
  }
}
