package dev.muster.node.sandbox.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Runs a filter as the kernel would (bpf(4) of BSD, `seccomp_check_filter` of Linux): what the
/// kernel would refuse to load is an error here, too.
final class Interpreter {
  private final byte[] program;

  Interpreter(byte[] program) {
    this.program = program;
  }

  /// What the filter returns.
  int run(int audit, int number, long... arguments) {
    var data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(0, number).putInt(4, audit);
    for (var i = 0; i < arguments.length; i++) data.putLong(16 + 8 * i, arguments[i]);
    var code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    var accumulator = 0;
    for (var at = 0; ; at++) {
      var word = code.getLong(at * 8);
      var value = (int) (word >>> 32);
      var ifTrue = (int) (word >>> 16 & 0xff);
      var ifFalse = (int) (word >>> 24 & 0xff);
      switch ((int) (word & 0xffff)) {
        case 0x20 -> {
          if (value % 4 != 0 || value > 60) throw new IllegalStateException("no word " + value);
          accumulator = data.getInt(value);
        }
        case 0x54 -> accumulator &= value;
        case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
        case 0x25 -> at += Integer.compareUnsigned(accumulator, value) > 0 ? ifTrue : ifFalse;
        case 0x45 -> at += (accumulator & value) != 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return value;
        }
        default -> throw new IllegalStateException("no instruction %x at %d".formatted(word, at));
      }
    }
  }

  /// Every jump lands inside, and the last instruction returns.
  void check() {
    var code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    var length = program.length / 8;
    for (var at = 0; at < length; at++) {
      var word = code.getLong(at * 8);
      var furthest = Math.max(word >>> 16 & 0xff, word >>> 24 & 0xff);
      if (at + 1 + furthest >= length && (word & 0xffff) != 0x06) {
        throw new IllegalStateException("instruction %d jumps out".formatted(at));
      }
    }
    if (length > 4096) throw new IllegalStateException(length + " instructions are too many");
  }
}
