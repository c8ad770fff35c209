package dev.muster.orchestrator.engine.instruction;

import java.util.List;

/// A file, and what is read in it.
abstract class Shaped {
  static final String FILE = "WORKER_007_Sample.md";

  static Sample sample() {
    return Sample.of(7).metadata("Priority", "4").metadata("Phase", "5.1").dependsOn("WORKER_003");
  }

  static Instruction compile(String text) {
    return InstructionCompiler.compile(FILE, text, "0".repeat(64));
  }

  static List<String> references(Instruction instruction) {
    return instruction.dependencies().stream().map(Reference::text).toList();
  }

  static List<Code> codes(Instruction instruction) {
    return instruction.findings().stream().map(Finding::code).toList();
  }
}
