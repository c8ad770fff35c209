package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The arguments of bubblewrap (bwrap(1)) for one job.
///
/// @param program of bubblewrap
/// @param isolation how the namespaces are made on this host
/// @param filter file with the filter of system calls; null when there is none for this machine
/// @param accounts folder with the `passwd` and `group` that scripts see
/// @param dataFolder masked wherever it would be visible
record BwrapProfile(
    Path program,
    Isolation isolation,
    @Nullable Path filter,
    SandboxLimits limits,
    Path accounts,
    Path dataFolder)
    implements Confinement {
  private static final int SET_UID = 04000;

  @Override
  public SandboxKind kind() {
    return SandboxKind.BUBBLEWRAP;
  }

  @Override
  public String caveat() {
    return filter == null ? SyscallFilter.NOT_FOR_THIS_MACHINE : "";
  }

  @Override
  public boolean gainsPrivileges() {
    try {
      var setUid = ((int) Files.getAttribute(program, "unix:mode") & SET_UID) != 0;
      return setUid && !OtherUser.possible();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public boolean waitsForLeave() {
    return true;
  }

  @Override
  public @Nullable Path file() {
    return filter;
  }

  @Override
  public EtcFolder etc(boolean network) {
    return new EtcFolder(accounts.resolve(network ? "etc-network" : "etc"), accounts);
  }

  @Override
  public Start start(Job job, List<String> inside, @Nullable SeenEtc etc) throws IOException {
    var seen = etc == null ? SeenEtc.copied(job, etc(job.network())) : etc;
    return new Start.Plain(command(job, inside, seen));
  }

  private List<String> command(Job job, List<String> inside, @Nullable SeenEtc etc)
      throws IOException {
    var line = new ArrayList<String>();
    line.add(program.toString());
    if (filter != null) add(line, "--seccomp", Prelude.FILE_FD);
    isolate(line, job);
    var mounts = JobView.of(job, limits, accounts, dataFolder, etc);
    var open = new HashSet<Path>();
    for (var mount : mounts) {
      if (switchesUser()) openWays(line, mount, open);
      mount(line, mount);
    }
    add(line, "--remount-ro", JobView.DEVICES.toString(), "--remount-ro", "/");
    add(line, "--chdir", JobView.startFolder(job).toString(), "--");
    line.addAll(inside);
    return line;
  }

  private void isolate(List<String> line, Job job) {
    if (isolation.userNamespace()) add(line, "--unshare-user", "--uid", "1000", "--gid", "1000");
    if (isolation.locked()) add(line, "--disable-userns");
    add(line, "--cap-drop", "ALL");
    if (switchesUser()) {
      add(line, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP");
    }
    add(line, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
    if (!job.network()) line.add("--unshare-net");
    add(line, "--hostname", "muster", "--new-session", "--die-with-parent");
  }

  private static void mount(List<String> line, Mount mount) {
    var at = mount.at().toString();
    switch (mount) {
      case Mount.Folder _ -> add(line, "--dir", at);
      case Mount.Link(_, var to) -> add(line, "--symlink", to, at);
      case Mount.Bind(_, var from, var writable) ->
          add(line, writable ? "--bind" : "--ro-bind", from.toString(), at);
      case Mount.Temporary(_, var bytesMax) ->
          add(line, "--perms", "1777", "--size", Long.toString(bytesMax), "--tmpfs", at);
      case Mount.Cover _ -> cover(line, at);
      case Mount.Processes _ -> add(line, "--proc", at, "--remount-ro", at);
      case Mount.Devices _ -> add(line, "--dev", at);
    }
  }

  private static void cover(List<String> line, String at) {
    add(line, "--perms", "0555", "--size", "4096", "--tmpfs", at, "--remount-ro", at);
  }

  /// Bubblewrap keeps the folders above its mounts to itself, which shuts another user out.
  private static void openWays(List<String> line, Mount mount, Set<Path> open) {
    var at = mount.at();
    for (var depth = 1; depth < at.getNameCount(); depth++) {
      var way = Path.of("/").resolve(at.subpath(0, depth));
      if (open.add(way)) add(line, "--perms", "0755", "--dir", way.toString());
    }
  }

  private static void add(List<String> line, String... arguments) {
    line.addAll(List.of(arguments));
  }
}
