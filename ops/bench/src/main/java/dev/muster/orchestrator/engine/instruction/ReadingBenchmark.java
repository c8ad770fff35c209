package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.plan.Plan;
import dev.muster.orchestrator.engine.plan.Planner;
import dev.muster.orchestrator.engine.plan.WavePlans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// From the bundled audit's texts to a plan.
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadingBenchmark {
  private static final String FILE = "WORKER_005_Find_Manifests.md";

  private final String text;
  private final String script;
  private final Workforce audit;

  public ReadingBenchmark() {
    try {
      var folder = Path.of(System.getProperty("muster.home", "."), "instructions/audit");
      text = Files.readString(folder.resolve(FILE));
      audit = Workforce.read(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    script = text.substring(text.indexOf("## EXECUTION"));
  }

  @Benchmark
  public ParsedInstruction parse() {
    return InstructionParser.parse(FILE, text);
  }

  @Benchmark
  public Instruction compile() {
    return InstructionCompiler.compile(FILE, text, "0".repeat(64));
  }

  @Benchmark
  public List<?> lex() {
    return ShellLexer.lex(script);
  }

  @Benchmark
  public Plan plan() {
    return Planner.plan(audit, WavePlans.fiveWaves(), Planner.Options.of(2));
  }
}
