package dev.muster.node.sandbox.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A program for the kernel's filter of system calls (seccomp(2)): classic BPF over `struct
/// seccomp_data`, which holds the number, the kind of machine, and six arguments of 64 bits.
///
/// Whoever calls in the way of another machine (32-bit programs) is killed: its numbers mean
/// something else.
public final class SeccompFilter {
  static final int INSTRUCTION_BYTES = 8;

  private static final int LOAD_WORD = 0x20;
  private static final int AND = 0x54;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_GREATER = 0x25;
  private static final int JUMP_IF_BITS = 0x45;
  private static final int RETURN = 0x06;

  private static final int NUMBER = 0;
  private static final int MACHINE = 4;
  private static final int ARGUMENTS = 16;
  private static final int OTHER_TABLE = 0x40000000;

  static final int ALLOW = 0x7fff0000;
  static final int FAIL_WITH = 0x00050000;
  static final int KILL = 0x80000000;

  private final List<Instruction> program = new ArrayList<>();

  private record Instruction(int code, int ifTrue, int ifFalse, int value) {}

  /// The program as the kernel reads it, and as `bwrap --seccomp` does from a file.
  ///
  /// @param memoryFiles whether files in memory may be made, since somebody counts them
  public static byte[] of(Machine machine, boolean memoryFiles) {
    var filter = new SeccompFilter();
    filter.begin(machine);
    for (var refusal : Refusals.all(memoryFiles)) {
      if (refusal.call().existsOn(machine)) filter.add(refusal, machine);
    }
    filter.add(RETURN, 0, 0, ALLOW);
    return filter.bytes();
  }

  private void begin(Machine machine) {
    add(LOAD_WORD, 0, 0, MACHINE);
    add(JUMP_IF_EQUAL, 1, 0, machine.audit());
    add(RETURN, 0, 0, KILL);
    add(LOAD_WORD, 0, 0, NUMBER);
    if (machine.hasTwoTables()) refuseWhen(JUMP_IF_BITS, OTHER_TABLE);
    refuseWhen(JUMP_IF_GREATER, SystemCall.NEWEST);
  }

  private void refuseWhen(int jump, int value) {
    add(jump, 0, 1, value);
    add(RETURN, 0, 0, FAIL_WITH | Refusal.ENOSYS);
  }

  /// The number is in the accumulator before and after.
  private void add(Refusal refusal, Machine machine) {
    var body = new ArrayList<Instruction>();
    var tests = refusal.conditions();
    var length = tests.stream().mapToInt(SeccompFilter::length).sum() + 1;
    for (var test : tests) {
      body.add(new Instruction(LOAD_WORD, 0, 0, ARGUMENTS + 8 * test.argument()));
      if (test.mask() != -1) body.add(new Instruction(AND, 0, 0, test.mask()));
      // To the reload of the number, behind the refusal.
      var away = length - body.size() - 1;
      body.add(
          test.holds()
              ? new Instruction(JUMP_IF_EQUAL, 0, away, test.value())
              : new Instruction(JUMP_IF_EQUAL, away, 0, test.value()));
    }
    body.add(new Instruction(RETURN, 0, 0, FAIL_WITH | refusal.error()));
    if (!tests.isEmpty()) body.add(new Instruction(LOAD_WORD, 0, 0, NUMBER));
    add(JUMP_IF_EQUAL, 0, body.size(), refusal.call().number(machine));
    program.addAll(body);
  }

  private static int length(Refusal.Condition test) {
    return test.mask() == -1 ? 2 : 3;
  }

  private void add(int code, int ifTrue, int ifFalse, int value) {
    program.add(new Instruction(code, ifTrue, ifFalse, value));
  }

  private byte[] bytes() {
    var bytes =
        ByteBuffer.allocate(program.size() * INSTRUCTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (var each : program) {
      bytes.putShort((short) each.code()).put((byte) each.ifTrue()).put((byte) each.ifFalse());
      bytes.putInt(each.value());
    }
    return bytes.array();
  }
}
