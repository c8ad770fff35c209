package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The arguments of bubblewrap (bwrap(1)) for one job.
///
/// @param program of bubblewrap
/// @param isolation how the namespaces are made on this host
/// @param accounts folder with the `passwd` and `group` that scripts see
/// @param dataFolder masked wherever it would be visible
record BwrapProfile(
    Path program, Isolation isolation, SandboxLimits limits, Path accounts, Path dataFolder)
    implements Confinement {
  @Override
  public SandboxKind kind() {
    return SandboxKind.BUBBLEWRAP;
  }

  @Override
  public Start start(Job job, List<String> inside) throws IOException {
    return new Start.Plain(command(job, inside));
  }

  private List<String> command(Job job, List<String> inside) throws IOException {
    var line = new ArrayList<String>();
    line.add(program.toString());
    isolate(line, job);
    var mounts = JobView.of(job, limits, accounts, dataFolder);
    for (var mount : mounts) {
      if (switchesUser(job)) openWays(line, mount);
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
    if (switchesUser(job)) {
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
      case Mount.Cover(_, var folder) -> cover(line, at, folder);
      case Mount.Processes _ -> add(line, "--proc", at, "--remount-ro", at);
      case Mount.Devices _ -> add(line, "--dev", at);
    }
  }

  private static void cover(List<String> line, String at, boolean folder) {
    if (folder) {
      add(line, "--perms", "0555", "--size", "4096", "--tmpfs", at, "--remount-ro", at);
    } else {
      add(line, "--ro-bind", "/dev/null", at);
    }
  }

  /// Bubblewrap keeps the folders above its mounts to itself, which shuts another user out.
  private static void openWays(List<String> line, Mount mount) {
    var at = mount.at();
    for (var depth = 1; depth < at.getNameCount(); depth++) {
      add(line, "--perms", "0755", "--dir", "/" + at.subpath(0, depth));
    }
  }

  private static void add(List<String> line, String... arguments) {
    line.addAll(List.of(arguments));
  }
}
