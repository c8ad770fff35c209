package dev.muster.node.sandbox.kernel;

import org.jspecify.annotations.Nullable;

/// The kinds of machine whose system calls are known here.
public enum Machine {
  X86_64(0xc000003e, true),
  AARCH64(0xc00000b7, false);

  private final int audit;
  private final boolean twoTables;

  Machine(int audit, boolean twoTables) {
    this.audit = audit;
    this.twoTables = twoTables;
  }

  /// How the kernel names it to a filter (`AUDIT_ARCH_…`, audit.h).
  int audit() {
    return audit;
  }

  /// Whether the same kernel serves a second table under the same name (x32: bit 30 of the number).
  boolean hasTwoTables() {
    return twoTables;
  }

  /// The numbers of the two calls with which a filter is put on.
  public int prctl() {
    return SystemCall.PRCTL.number(this);
  }

  public int seccomp() {
    return SystemCall.SECCOMP.number(this);
  }

  /// This one; null when its system calls are not known here.
  public static @Nullable Machine here() {
    if (!System.getProperty("os.name", "").equals("Linux")) return null;
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default -> null;
    };
  }
}
