package dev.muster.node.sandbox.kernel;

import static dev.muster.node.sandbox.kernel.Refusal.EAFNOSUPPORT;
import static dev.muster.node.sandbox.kernel.Refusal.ENOSYS;
import static dev.muster.node.sandbox.kernel.Refusal.EOPNOTSUPP;
import static dev.muster.node.sandbox.kernel.Refusal.EPERM;
import static dev.muster.node.sandbox.kernel.Refusal.EPROTONOSUPPORT;

import java.util.ArrayList;
import java.util.List;

/// What no step asks of the kernel. Errors are those after which programs take another way.
///
/// Three kinds: what reaches past namespaces (keys, VSOCK, handles of files, new namespaces), what
/// is large and seldom needed (io_uring, BPF, perf, userfaultfd), and what would get around a bound
/// of ours (set-uid bits, `fallocate`, leases of files that are only read, ways to connect that
/// Landlock does not see).
final class Refusals {
  private static final int SET_ID = 06000;
  private static final int O_CREAT = 0x40;
  private static final int O_TMPFILE = 0x400000;
  private static final int NAMESPACES = 0x7e020080;
  private static final int FALLOC_PUNCH_HOLE = 2;
  private static final int F_SETLEASE = 1024;
  private static final int TIOCSTI = 0x5412;
  private static final int TIOCLINUX = 0x541c;
  private static final int TIOCSETD = 0x5423;
  private static final int MSG_FASTOPEN = 0x20000000;
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int AF_NETLINK = 16;
  private static final int SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;

  /// Any IP, ICMP, TCP, UDP, ICMPv6: not MPTCP, SCTP or SMC, whose ports Landlock does not see.
  private static final int[] PROTOCOLS = {0, 1, 6, 17, 58};

  /// Linux 2.6 has forgotten some of them, other kernels may not have.
  private static final List<SystemCall> FORBIDDEN =
      List.of(
          SystemCall.ACCT,
          SystemCall.ADD_KEY,
          SystemCall.BPF,
          SystemCall.CHROOT,
          SystemCall.CLOCK_SETTIME,
          SystemCall.CREATE_MODULE,
          SystemCall.DELETE_MODULE,
          SystemCall.FANOTIFY_INIT,
          SystemCall.FANOTIFY_MARK,
          SystemCall.FINIT_MODULE,
          SystemCall.GET_KERNEL_SYMS,
          SystemCall.INIT_MODULE,
          SystemCall.IOPERM,
          SystemCall.IOPL,
          SystemCall.KCMP,
          SystemCall.KEXEC_FILE_LOAD,
          SystemCall.KEXEC_LOAD,
          SystemCall.KEYCTL,
          SystemCall.LOOKUP_DCOOKIE,
          SystemCall.MIGRATE_PAGES,
          SystemCall.MODIFY_LDT,
          SystemCall.MOUNT,
          SystemCall.MOVE_PAGES,
          SystemCall.NAME_TO_HANDLE_AT,
          SystemCall.NFSSERVCTL,
          SystemCall.OPEN_BY_HANDLE_AT,
          SystemCall.PERF_EVENT_OPEN,
          SystemCall.PIDFD_GETFD,
          SystemCall.PIVOT_ROOT,
          SystemCall.PROCESS_VM_READV,
          SystemCall.PROCESS_VM_WRITEV,
          SystemCall.PTRACE,
          SystemCall.QUERY_MODULE,
          SystemCall.QUOTACTL,
          SystemCall.QUOTACTL_FD,
          SystemCall.REBOOT,
          SystemCall.REQUEST_KEY,
          SystemCall.SETDOMAINNAME,
          SystemCall.SETHOSTNAME,
          SystemCall.SETNS,
          SystemCall.SETTIMEOFDAY,
          SystemCall.SWAPOFF,
          SystemCall.SWAPON,
          SystemCall.SYSFS,
          SystemCall.SYSLOG,
          SystemCall.UMOUNT2,
          SystemCall.USELIB,
          SystemCall.USERFAULTFD,
          SystemCall.USTAT,
          SystemCall.VHANGUP,
          SystemCall._SYSCTL);

  /// As if the kernel had never heard of them: programs then do it the old way. Two of them hide
  /// behind a pointer what a filter must see (`clone3`, `openat2`), and a memory file that is not
  /// mapped is not found by who counts memory process by process.
  private static final List<SystemCall> UNKNOWN =
      List.of(
          SystemCall.CLONE3,
          SystemCall.FSCONFIG,
          SystemCall.FSMOUNT,
          SystemCall.FSOPEN,
          SystemCall.FSPICK,
          SystemCall.IO_URING_ENTER,
          SystemCall.IO_URING_REGISTER,
          SystemCall.IO_URING_SETUP,
          SystemCall.LISTMOUNT,
          SystemCall.MEMFD_SECRET,
          SystemCall.MOUNT_SETATTR,
          SystemCall.MOVE_MOUNT,
          SystemCall.OPENAT2,
          SystemCall.OPEN_TREE,
          SystemCall.STATMOUNT);

  /// @param memoryFiles whether files in memory are counted by somebody
  static List<Refusal> all(boolean memoryFiles) {
    var all = new ArrayList<Refusal>();
    setIds(all);
    terminals(all);
    network(all);
    all.add(Refusal.of(SystemCall.CLONE, EPERM).whenAnyBit(0, NAMESPACES & ~0xff));
    all.add(Refusal.of(SystemCall.UNSHARE, EPERM).whenAnyBit(0, NAMESPACES));
    // Reading it, with an argument of all ones, tells nobody anything.
    all.add(Refusal.of(SystemCall.PERSONALITY, EPERM).unless(0, -1));
    all.add(Refusal.of(SystemCall.SECCOMP, EPERM).whenAnyBit(1, SECCOMP_FILTER_FLAG_NEW_LISTENER));
    // A whole disk in a moment; whoever looks ten times a second would come too late.
    all.add(Refusal.of(SystemCall.FALLOCATE, EOPNOTSUPP).whenNoBit(1, FALLOC_PUNCH_HOLE));
    // Whoever opens a leased file to write waits for the kernel's `lease-break-time`, 45 s.
    all.add(Refusal.of(SystemCall.FCNTL, EPERM).when(1, F_SETLEASE));
    if (!memoryFiles) all.add(Refusal.of(SystemCall.MEMFD_CREATE, ENOSYS));
    for (var call : FORBIDDEN) all.add(Refusal.of(call, EPERM));
    for (var call : UNKNOWN) all.add(Refusal.of(call, ENOSYS));
    return List.copyOf(all);
  }

  /// Such a bit would outlive the step on the host's disk.
  private static void setIds(List<Refusal> all) {
    all.add(
        Refusal.of(SystemCall.OPEN, EPERM)
            .whenAnyBit(1, O_CREAT | O_TMPFILE)
            .whenAnyBit(2, SET_ID));
    all.add(
        Refusal.of(SystemCall.OPENAT, EPERM)
            .whenAnyBit(2, O_CREAT | O_TMPFILE)
            .whenAnyBit(3, SET_ID));
    all.add(Refusal.of(SystemCall.CREAT, EPERM).whenAnyBit(1, SET_ID));
    all.add(Refusal.of(SystemCall.CHMOD, EPERM).whenAnyBit(1, SET_ID));
    all.add(Refusal.of(SystemCall.FCHMOD, EPERM).whenAnyBit(1, SET_ID));
    all.add(Refusal.of(SystemCall.FCHMODAT, EPERM).whenAnyBit(2, SET_ID));
    all.add(Refusal.of(SystemCall.FCHMODAT2, EPERM).whenAnyBit(2, SET_ID));
    all.add(Refusal.of(SystemCall.MKNOD, EPERM).whenAnyBit(1, SET_ID));
    all.add(Refusal.of(SystemCall.MKNODAT, EPERM).whenAnyBit(2, SET_ID));
  }

  /// Typing for somebody else, and line disciplines, which load modules of the kernel.
  private static void terminals(List<Refusal> all) {
    for (var command : new int[] {TIOCSTI, TIOCLINUX, TIOCSETD}) {
      all.add(Refusal.of(SystemCall.IOCTL, EPERM).when(1, command));
    }
  }

  private static void network(List<Refusal> all) {
    for (var call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
      all.add(Refusal.of(call, EAFNOSUPPORT).unless(0, AF_UNIX, AF_INET, AF_INET6, AF_NETLINK));
      // Routes and addresses (protocol 0), which `getifaddrs` asks for.
      all.add(Refusal.of(call, EPROTONOSUPPORT).when(0, AF_NETLINK).unless(2, 0));
      all.add(Refusal.of(call, EPROTONOSUPPORT).when(0, AF_INET).unless(2, PROTOCOLS));
      all.add(Refusal.of(call, EPROTONOSUPPORT).when(0, AF_INET6).unless(2, PROTOCOLS));
    }
    // Connects without `connect`.
    all.add(Refusal.of(SystemCall.SENDTO, EOPNOTSUPP).whenAnyBit(3, MSG_FASTOPEN));
    all.add(Refusal.of(SystemCall.SENDMSG, EOPNOTSUPP).whenAnyBit(2, MSG_FASTOPEN));
    all.add(Refusal.of(SystemCall.SENDMMSG, EOPNOTSUPP).whenAnyBit(3, MSG_FASTOPEN));
  }

  private Refusals() {}
}
