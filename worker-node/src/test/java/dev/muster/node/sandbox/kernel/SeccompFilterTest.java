package dev.muster.node.sandbox.kernel;

import static dev.muster.node.sandbox.kernel.SeccompFilter.ALLOW;
import static dev.muster.node.sandbox.kernel.SeccompFilter.FAIL_WITH;
import static dev.muster.node.sandbox.kernel.SeccompFilter.KILL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompFilterTest {
  private static final int EPERM = FAIL_WITH | 1;
  private static final int ENOSYS = FAIL_WITH | 38;

  private static int ask(Machine machine, SystemCall call, long... arguments) {
    return new Interpreter(SeccompFilter.of(machine, true))
        .run(machine.audit(), call.number(machine), arguments);
  }

  @ParameterizedTest
  @EnumSource
  void theKernelWouldLoadIt(Machine machine) {
    new Interpreter(SeccompFilter.of(machine, true)).check();
    new Interpreter(SeccompFilter.of(machine, false)).check();
  }

  @ParameterizedTest
  @EnumSource
  void whatReachesPastNamespacesIsRefused(Machine machine) {
    var refused =
        EnumSet.of(
            SystemCall.KEYCTL,
            SystemCall.ADD_KEY,
            SystemCall.REQUEST_KEY,
            SystemCall.BPF,
            SystemCall.PTRACE,
            SystemCall.PERF_EVENT_OPEN,
            SystemCall.USERFAULTFD,
            SystemCall.MOUNT,
            SystemCall.SETNS,
            SystemCall.OPEN_BY_HANDLE_AT,
            SystemCall.PROCESS_VM_READV);
    for (var call : refused) assertThat(ask(machine, call)).as("%s", call).isEqualTo(EPERM);
    for (var call : EnumSet.of(SystemCall.IO_URING_SETUP, SystemCall.CLONE3, SystemCall.OPENAT2)) {
      assertThat(ask(machine, call)).as("%s", call).isEqualTo(ENOSYS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyCallsWithoutConditionsAreRefusedWhateverTheirArguments(Machine machine) {
    for (var refusal : Refusals.all(true)) {
      if (!refusal.call().existsOn(machine) || !refusal.conditions().isEmpty()) continue;
      assertThat(ask(machine, refusal.call(), -1, -1, -1, -1, -1, -1))
          .as("%s", refusal.call())
          .isEqualTo(FAIL_WITH | refusal.error());
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsAndProcessesAreMadeAndNamespacesAreNot(Machine machine) {
    assertThat(ask(machine, SystemCall.CLONE, 0x01200011)).isEqualTo(ALLOW); // fork
    assertThat(ask(machine, SystemCall.CLONE, 0x003d0f00)).isEqualTo(ALLOW); // a thread
    for (var flag : new int[] {0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000}) {
      assertThat(ask(machine, SystemCall.CLONE, flag | 17)).as("%x", flag).isEqualTo(EPERM);
      assertThat(ask(machine, SystemCall.UNSHARE, flag)).as("%x", flag).isEqualTo(EPERM);
    }
    assertThat(ask(machine, SystemCall.CLONE, 0x40000000L | 17)).isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.UNSHARE, 0x80)).as("time").isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.UNSHARE, 0x200 | 0x400)).as("files").isEqualTo(ALLOW);
  }

  @ParameterizedTest
  @EnumSource
  void theUpperHalfOfARegisterHidesNothing(Machine machine) {
    assertThat(ask(machine, SystemCall.IOCTL, 0, 0x1_0000_5412L)).isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.SOCKET, 0x7_0000_0000L | 40, 1, 0))
        .isEqualTo(FAIL_WITH | 97);
    assertThat(ask(machine, SystemCall.PERSONALITY, 0xffff_ffffL)).isEqualTo(ALLOW);
    assertThat(ask(machine, SystemCall.PERSONALITY, 8)).isEqualTo(EPERM);
  }

  @ParameterizedTest
  @EnumSource
  void filesAreLockedAndNotLeased(Machine machine) {
    assertThat(ask(machine, SystemCall.FCNTL, 3, 6)).as("a lock").isEqualTo(ALLOW);
    assertThat(ask(machine, SystemCall.FCNTL, 3, 0x1_0000_0400L)).as("lease").isEqualTo(EPERM);
  }

  @ParameterizedTest
  @EnumSource
  void onlyOrdinarySocketsAreMade(Machine machine) {
    for (var family : new int[] {1, 2, 10, 16}) {
      assertThat(ask(machine, SystemCall.SOCKET, family, 1, 0)).as("%d", family).isEqualTo(ALLOW);
    }
    for (var family : new int[] {0, 3, 15, 17, 21, 29, 30, 31, 38, 40, 43, 44, 45}) {
      assertThat(ask(machine, SystemCall.SOCKET, family, 1, 0))
          .as("%d", family)
          .isEqualTo(FAIL_WITH | 97);
    }
    assertThat(ask(machine, SystemCall.SOCKET, 16, 3, 9)).as("audit").isEqualTo(FAIL_WITH | 93);
    assertThat(ask(machine, SystemCall.SOCKET, 2, 1, 262)).as("MPTCP").isEqualTo(FAIL_WITH | 93);
    assertThat(ask(machine, SystemCall.SOCKET, 10, 1, 132)).as("SCTP").isEqualTo(FAIL_WITH | 93);
    assertThat(ask(machine, SystemCall.SOCKET, 2, 2, 17)).as("UDP").isEqualTo(ALLOW);
    assertThat(ask(machine, SystemCall.SENDTO, 3, 0, 0, 0x20000000)).isEqualTo(FAIL_WITH | 95);
    assertThat(ask(machine, SystemCall.SENDTO, 3, 0, 0, 0x4000)).isEqualTo(ALLOW);
  }

  @ParameterizedTest
  @EnumSource
  void noSetIdBitIsEverMade(Machine machine) {
    assertThat(ask(machine, SystemCall.FCHMODAT, -100, 0, 04755)).isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.FCHMOD, 3, 02755)).isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.FCHMODAT2, -100, 0, 06000)).isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.FCHMODAT, -100, 0, 01777)).as("sticky").isEqualTo(ALLOW);
    assertThat(ask(machine, SystemCall.OPENAT, -100, 0, 0x41, 04755)).isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.OPENAT, -100, 0, 0, 04755)).as("no mode").isEqualTo(ALLOW);
    assertThat(ask(machine, SystemCall.MKNODAT, -100, 0, 0104755)).isEqualTo(EPERM);
    if (!SystemCall.CHMOD.existsOn(machine)) return;
    assertThat(ask(machine, SystemCall.CHMOD, 0, 04755)).isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.OPEN, 0, 0x40, 02755)).isEqualTo(EPERM);
    assertThat(ask(machine, SystemCall.CREAT, 0, 04755)).isEqualTo(EPERM);
  }

  @ParameterizedTest
  @EnumSource
  void otherMachinesAreKilledAndTheUnknownIsUnknown(Machine machine) {
    var filter = new Interpreter(SeccompFilter.of(machine, true));
    assertThat(filter.run(0x40000003, 1)).as("32 bits").isEqualTo(KILL);
    assertThat(filter.run(machine.audit(), SystemCall.NEWEST + 1)).isEqualTo(ENOSYS);
    assertThat(filter.run(machine.audit(), -1)).isEqualTo(ENOSYS);
    assertThat(filter.run(machine.audit(), 0x40000000 | 41)).as("x32").isEqualTo(ENOSYS);
    assertThat(filter.run(machine.audit(), 39)).isNotEqualTo(KILL);
  }

  @ParameterizedTest
  @EnumSource
  void filesInMemoryAreMadeOnlyWhereSomebodyCountsThem(Machine machine) {
    var number = SystemCall.MEMFD_CREATE.number(machine);
    assertThat(new Interpreter(SeccompFilter.of(machine, true)).run(machine.audit(), number))
        .isEqualTo(ALLOW);
    assertThat(new Interpreter(SeccompFilter.of(machine, false)).run(machine.audit(), number))
        .isEqualTo(ENOSYS);
  }

  /// As far as the headers of this host know them.
  @ParameterizedTest
  @EnumSource
  void theNumbersAreThoseOfTheKernelsHeaders(Machine machine) throws Exception {
    var known = headers(machine);
    assumeThat(known).isNotEmpty();
    for (var call : SystemCall.values()) {
      var number = known.get(call.name().toLowerCase(java.util.Locale.ROOT));
      if (number != null) assertThat(call.number(machine)).as("%s", call).isEqualTo(number);
    }
  }

  private static Map<String, Integer> headers(Machine machine) throws Exception {
    var file =
        Path.of(
            "/usr/include",
            machine == Machine.X86_64
                ? "x86_64-linux-gnu/asm/unistd_64.h"
                : "asm-generic/unistd.h");
    var known = new HashMap<String, Integer>();
    if (!Files.exists(file)) return known;
    var line = Pattern.compile("#define __NR(?:3264)?_(\\w+)\\s+(\\d+)");
    for (var text : Files.readAllLines(file)) {
      var found = line.matcher(text);
      if (found.find()) known.putIfAbsent(found.group(1), Integer.parseInt(found.group(2)));
    }
    return known;
  }
}
