package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.journal.MusterEvent;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.WorkerSettled;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.RunPlan.Wave;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A whole run as its supervisor decides and folds it (`ReleasePolicy`, `RunState`): twice as many
/// workers are to take twice as long. And what an event costs on its way into the journal and back.
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RunBenchmark {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorkerStatus ENDED =
      new WorkerStatus(
          WorkerPhase.REHEARSED, 0, 1, 0, null, null, List.of(), List.of(), false, AT, AT);

  @Param({"1000", "2000"})
  public int workers;

  private static RunCreated created(int workers) {
    var planned =
        IntStream.range(0, workers)
            .mapToObj(i ->
                new Planned(
                    "WORKER_%06d".formatted(i), "One line", 1, "d", List.of(), Duration.ZERO))
            .toList();
    var wave = new Wave(1, "Foundations", 256, false, FailurePolicy.CONTINUE);
    var settings =
        new RunSettings(
            "/f", "/t", "/r", List.of(), ApprovalPolicy.ALL, Duration.ofHours(1), true, 3);
    return new RunCreated(
        "run_1", new RunPlan("bench", List.of(wave), planned, null), settings, AT);
  }

  private static ClusterView view() {
    return new ClusterView(
        List.of(
            new NodeHeadroom(
                "node-a",
                "",
                "i",
                List.of("worker"),
                true,
                List.of(),
                9,
                0,
                10,
                10,
                HeadroomLimits.DEFAULT,
                2,
                0,
                AT)),
        1);
  }

  @Benchmark
  public Object run() {
    var created = created(workers);
    var state = Carried.of(created, Objects.requireNonNull(created.plan()));
    var outlook = new Outlook();
    outlook.see(view());
    while (!state.finished()) {
      state = outlook.round(state, true, AT).state();
      for (var worker : List.copyOf(state.turns().underWay())) {
        outlook.hear(state, new WorkerReported(worker, ENDED));
      }
    }
    return state;
  }

  @Benchmark
  public MusterEvent codec() {
    var event = new WorkerSettled("WORKER_000001", ENDED, AT);
    return EventCodec.decodeEvent(EventCodec.encode(event), EventNames.nameOf(event));
  }
}
