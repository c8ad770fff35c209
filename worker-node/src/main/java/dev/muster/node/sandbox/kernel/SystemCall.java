package dev.muster.node.sandbox.kernel;

/// System calls and their numbers (`asm/unistd_64.h` and `asm-generic/unistd.h` of Linux).
public enum SystemCall {
  ACCT(163, 89),
  ADD_KEY(248, 217),
  BPF(321, 280),
  CHMOD(90),
  CHROOT(161, 51),
  CLOCK_SETTIME(227, 112),
  CLONE(56, 220),
  CLONE3(435, 435),
  CLOSE(3, 57),
  CREAT(85),
  CREATE_MODULE(174),
  DELETE_MODULE(176, 106),
  FALLOCATE(285, 47),
  FANOTIFY_INIT(300, 262),
  FANOTIFY_MARK(301, 263),
  FCHMOD(91, 52),
  FCHMODAT(268, 53),
  FCHMODAT2(452, 452),
  FCNTL(72, 25),
  FINIT_MODULE(313, 273),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  FSOPEN(430, 430),
  FSPICK(433, 433),
  GET_KERNEL_SYMS(177),
  INIT_MODULE(175, 105),
  IOCTL(16, 29),
  IOPERM(173),
  IOPL(172),
  IO_URING_ENTER(426, 426),
  IO_URING_REGISTER(427, 427),
  IO_URING_SETUP(425, 425),
  KCMP(312, 272),
  KEXEC_FILE_LOAD(320, 294),
  KEXEC_LOAD(246, 104),
  KEYCTL(250, 219),
  KILL(62, 129),
  LANDLOCK_ADD_RULE(445, 445),
  LANDLOCK_CREATE_RULESET(444, 444),
  LANDLOCK_RESTRICT_SELF(446, 446),
  LISTMOUNT(458, 458),
  LOOKUP_DCOOKIE(212, 18),
  MEMFD_CREATE(319, 279),
  MEMFD_SECRET(447, 447),
  MIGRATE_PAGES(256, 238),
  MKNOD(133),
  MKNODAT(259, 33),
  MODIFY_LDT(154),
  MOUNT(165, 40),
  MOUNT_SETATTR(442, 442),
  MOVE_MOUNT(429, 429),
  MOVE_PAGES(279, 239),
  NAME_TO_HANDLE_AT(303, 264),
  NFSSERVCTL(180, 42),
  OPEN(2),
  OPENAT(257, 56),
  OPENAT2(437, 437),
  OPEN_BY_HANDLE_AT(304, 265),
  OPEN_TREE(428, 428),
  PERF_EVENT_OPEN(298, 241),
  PERSONALITY(135, 92),
  PIDFD_GETFD(438, 438),
  PIVOT_ROOT(155, 41),
  PRCTL(157, 167),
  PROCESS_VM_READV(310, 270),
  PROCESS_VM_WRITEV(311, 271),
  PTRACE(101, 117),
  QUERY_MODULE(178),
  QUOTACTL(179, 60),
  QUOTACTL_FD(443, 443),
  REBOOT(169, 142),
  REQUEST_KEY(249, 218),
  SECCOMP(317, 277),
  SENDMMSG(307, 269),
  SENDMSG(46, 211),
  SENDTO(44, 206),
  SETDOMAINNAME(171, 162),
  SETHOSTNAME(170, 161),
  SETNS(308, 268),
  SETTIMEOFDAY(164, 170),
  SOCKET(41, 198),
  SOCKETPAIR(53, 199),
  STATMOUNT(457, 457),
  STATFS(137, 43),
  SWAPOFF(168, 225),
  SWAPON(167, 224),
  SYSFS(139),
  SYSLOG(103, 116),
  UMOUNT2(166, 39),
  UNSHARE(272, 97),
  USELIB(134),
  USERFAULTFD(323, 282),
  USTAT(136),
  VHANGUP(153, 58),
  _SYSCTL(156);

  /// `mseal`, the newest that was looked at; whatever the kernel has learned since is not for
  /// steps.
  static final int NEWEST = 462;

  private static final int NONE = -1;

  private final int x86;
  private final int arm;

  /// Of the old table only.
  SystemCall(int x86) {
    this(x86, NONE);
  }

  SystemCall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  boolean existsOn(Machine machine) {
    return number(machine) != NONE;
  }

  int number(Machine machine) {
    return switch (machine) {
      case X86_64 -> x86;
      case AARCH64 -> arm;
    };
  }
}
