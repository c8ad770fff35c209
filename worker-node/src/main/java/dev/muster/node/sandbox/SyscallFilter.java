package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.Machine;
import dev.muster.node.sandbox.kernel.SeccompFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The filter of system calls for a sandbox whose own set-up makes calls that it forbids: so it is
/// put on last, by whatever interpreter this host has, just before the script.
///
/// @param machine null when none is known
/// @param program the filter itself; empty when there is none
/// @param interpreter that puts it on; null when there is none
record SyscallFilter(@Nullable Machine machine, String program, @Nullable Path interpreter) {
  static final String NOT_FOR_THIS_MACHINE =
      "; no filter of system calls is known for this kind of machine";

  private static final String PERL =
      """
      my ($prctl, $seccomp, $hex) = splice(@ARGV, 0, 3);
      my $program = pack("H*", $hex);
      my $filter = pack("S x6 P", length($program) / 8, $program);
      syscall($prctl, 38, 1, 0, 0, 0) == 0 && syscall($seccomp, 1, 0, $filter) == 0
        or die "the sandbox could not be set up: no filter of system calls: $!\\n";
      exec { $ARGV[0] } @ARGV or die "$ARGV[0]: $!\\n";
      """;

  private static final String PYTHON =
      """
      import ctypes, os, sys
      prctl, seccomp, program = int(sys.argv[1]), int(sys.argv[2]), bytes.fromhex(sys.argv[3])
      code = ctypes.create_string_buffer(program, len(program))
      class Filter(ctypes.Structure):
          _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]
      filter = Filter(len(program) // 8, ctypes.addressof(code))
      call = ctypes.CDLL(None, use_errno=True).syscall
      call.argtypes = [ctypes.c_long] + 5 * [ctypes.c_long]
      if call(prctl, 38, 1, 0, 0, 0) or call(seccomp, 1, 0, ctypes.addressof(filter), 0, 0):
          sys.exit("the sandbox could not be set up: no filter of system calls: "
                   + os.strerror(ctypes.get_errno()))
      os.execv(sys.argv[4], sys.argv[4:])
      """;

  /// @param memoryFiles whether files in memory are counted by somebody
  static SyscallFilter here(boolean memoryFiles) {
    var machine = Machine.here();
    if (machine == null) return new SyscallFilter(null, "", null);
    var interpreter = Launch.program("perl");
    if (interpreter == null) interpreter = Launch.program("python3");
    return with(machine, memoryFiles, interpreter);
  }

  static SyscallFilter with(Machine machine, boolean memoryFiles, @Nullable Path interpreter) {
    var program = HexFormat.of().formatHex(SeccompFilter.of(machine, memoryFiles));
    return new SyscallFilter(machine, program, interpreter);
  }

  /// The command behind the filter.
  List<String> on(List<String> command) {
    if (machine == null || interpreter == null) return command;
    var line = new ArrayList<String>();
    line.add(interpreter.toString());
    if (interpreter.endsWith("perl")) line.addAll(List.of("-e", PERL));
    else line.addAll(List.of("-I", "-S", "-c", PYTHON));
    line.add(Integer.toString(machine.prctl()));
    line.add(Integer.toString(machine.seccomp()));
    line.add(program);
    line.addAll(command);
    return line;
  }

  /// What people should know; empty when the filter is on.
  String caveat() {
    if (machine == null) return NOT_FOR_THIS_MACHINE;
    if (interpreter != null) return "";
    return "; no filter of system calls, since neither perl nor python3 is here to put it on";
  }
}
