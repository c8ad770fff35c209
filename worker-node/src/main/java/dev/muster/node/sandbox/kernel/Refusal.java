package dev.muster.node.sandbox.kernel;

import java.util.ArrayList;
import java.util.List;

/// A system call that gets an error instead of being made, when all conditions on its arguments
/// hold; always when there are none.
///
/// @param error that it gets
record Refusal(SystemCall call, int error, List<Condition> conditions) {
  static final int EPERM = 1;
  static final int ENOSYS = 38;
  static final int EPROTONOSUPPORT = 93;
  static final int EOPNOTSUPP = 95;
  static final int EAFNOSUPPORT = 97;

  Refusal {
    conditions = List.copyOf(conditions);
  }

  /// The kernel takes flags and commands as 32 bits, whatever is in the upper half of the register.
  ///
  /// @param argument counted from 0
  /// @param holds whether the masked argument must be the value, or must not
  record Condition(int argument, int mask, int value, boolean holds) {}

  static Refusal of(SystemCall call, int error) {
    return new Refusal(call, error, List.of());
  }

  Refusal when(int argument, int value) {
    return with(new Condition(argument, -1, value, true));
  }

  Refusal unless(int argument, int... values) {
    var refusal = this;
    for (var value : values) refusal = refusal.with(new Condition(argument, -1, value, false));
    return refusal;
  }

  Refusal whenAnyBit(int argument, int mask) {
    return with(new Condition(argument, mask, 0, false));
  }

  Refusal whenNoBit(int argument, int mask) {
    return with(new Condition(argument, mask, 0, true));
  }

  private Refusal with(Condition condition) {
    var more = new ArrayList<>(conditions);
    more.add(condition);
    return new Refusal(call, error, more);
  }
}
