package dev.muster.protocol.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the executor says of an attempt while it runs. The last six end it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AttemptReport.StepDone.class, name = "step-done"),
  @JsonSubTypes.Type(value = AttemptReport.Stepped.class, name = "stepped"),
  @JsonSubTypes.Type(value = AttemptReport.Validating.class, name = "validating"),
  @JsonSubTypes.Type(value = AttemptReport.ValidatingAfter.class, name = "validating-after"),
  @JsonSubTypes.Type(value = AttemptReport.NeedsDecision.class, name = "needs-decision"),
  @JsonSubTypes.Type(value = AttemptReport.Parked.class, name = "parked"),
  @JsonSubTypes.Type(value = AttemptReport.Awaiting.class, name = "awaiting"),
  @JsonSubTypes.Type(value = AttemptReport.Succeeded.class, name = "succeeded"),
  @JsonSubTypes.Type(value = AttemptReport.Unsuccessful.class, name = "unsuccessful"),
  @JsonSubTypes.Type(value = AttemptReport.Interrupted.class, name = "interrupted")
})
public sealed interface AttemptReport {
  record StepDone(StepResult result) implements AttemptReport {}

  /// A step of an agent. It takes the next one when this one is acknowledged.
  record Stepped(AgentStep step) implements AttemptReport {}

  /// The blocks are done, and told before; the runtime's own tests begin.
  record Validating() implements AttemptReport {}

  /// The same, told with the end of the last block. A report of its own, since a node of an earlier
  /// version would read a `Validating` that says more as one that says no more; this one it cannot
  /// read, so that it is told again to whoever can.
  record ValidatingAfter(StepResult last) implements AttemptReport {}

  /// The gate holds the operation of this block; slot and process are given back.
  ///
  /// @param ordinal of the block to continue with
  /// @param frozen what was asked about, for whoever continues
  record NeedsDecision(
      int ordinal, String approval, String kind, String digest, @Nullable Frozen frozen)
      implements AttemptReport {}

  /// Every model that an agent may ask is used up for now.
  ///
  /// @param until the first may be asked again
  /// @param why of each, with numbers
  record Parked(Instant until, String why) implements AttemptReport {}

  /// An agent waits for its sub-workers, and holds nothing meanwhile.
  ///
  /// @param until it looks again, if nobody tells it before
  record Awaiting(List<String> subs, Instant until) implements AttemptReport {
    public Awaiting {
      subs = List.copyOf(subs);
    }
  }

  record Succeeded(Receipt receipt) implements AttemptReport {}

  /// @param retryable false when another try cannot end otherwise
  /// @param receipt null when the attempt did not get as far as its tests
  record Unsuccessful(String reason, boolean retryable, @Nullable Receipt receipt)
      implements AttemptReport {}

  /// Nothing was wrong with the work: its node stopped, or the attempt was lost.
  record Interrupted(String reason) implements AttemptReport {}
}
