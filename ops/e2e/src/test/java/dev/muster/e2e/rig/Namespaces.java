package dev.muster.e2e.rig;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Every place is a network namespace of its own, on one bridge inside this machine.
///
/// A link is cut by a neighbour entry that names a hardware address nobody has: the frames leave
/// and arrive nowhere, which is what a pulled cable looks like, whereas a route that refuses would
/// tell the sender at once.
final class Namespaces implements Network {
  private static final String NOBODY = "02:00:00:00:00:fe";
  private static final Pattern OURS = Pattern.compile("mc(\\d+)n\\d+");
  private static final int SUBNETS_MAX = 200;

  private final String prefix = "mc" + ProcessHandle.current().pid();
  private final String bridge = prefix + "b";
  private final String subnet;
  private final Map<String, Home> homes = new LinkedHashMap<>();

  private record Home(String namespace, String address) {}

  Namespaces() {
    sweep();
    subnet = freeSubnet();
    Commands.run("ip", "link", "add", bridge, "type", "bridge");
    Commands.run("ip", "addr", "add", subnet + ".1/24", "dev", bridge);
    Commands.run("ip", "link", "set", bridge, "up");
  }

  /// Whether this user may make them here at all.
  static boolean available() {
    var name = "mc" + ProcessHandle.current().pid() + "n0";
    if (!Commands.works("ip", "netns", "add", name)) return false;
    var works =
        Commands.works("nsenter", "--net=/run/netns/" + name, "ip", "link", "set", "lo", "up")
            && Commands.works(
                "ip", "link", "add", name, "type", "veth", "peer", "name", name + "p");
    Commands.works("ip", "link", "del", name);
    return Commands.works("ip", "netns", "del", name) && works;
  }

  /// What a rig left behind whose process was killed.
  private static void sweep() {
    for (var line : Commands.tried(List.of("ip", "netns", "list")).output().lines().toList()) {
      var name = line.split(" ", 2)[0];
      var ours = OURS.matcher(name);
      if (!ours.matches() || alive(Long.parseLong(ours.group(1)))) continue;
      for (var pid :
          Commands.tried(List.of("ip", "netns", "pids", name)).output().lines().toList()) {
        ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
      }
      Commands.works("ip", "netns", "del", name);
      Commands.works("ip", "link", "del", "mc" + ours.group(1) + "b");
    }
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static String freeSubnet() {
    var taken = Commands.run("ip", "-4", "addr") + Commands.run("ip", "-4", "route");
    for (var i = 0; i < SUBNETS_MAX; i++) {
      var subnet = "10.213." + i;
      if (!taken.contains(subnet + ".")) return subnet;
    }
    throw new IllegalStateException("expected a free subnet below 10.213.0.0/16, found none");
  }

  @Override
  public Place join(String name) {
    var number = homes.size() + 2;
    var namespace = prefix + "n" + number;
    var home = new Home(namespace, subnet + "." + number);
    homes.put(name, home);
    var outer = prefix + "v" + number;
    Commands.run("ip", "netns", "add", namespace);
    Commands.run(
        "ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    Commands.run("ip", "link", "set", outer, "master", bridge, "up");
    inside(home, "addr", "add", home.address() + "/24", "dev", "eth0");
    inside(home, "link", "set", "eth0", "up");
    inside(home, "link", "set", "lo", "up");
    // `ip netns exec` would hide the cgroups from the nodes: it mounts a new /sys.
    return new Place(
        name,
        home.address(),
        home.address(),
        List.of("nsenter", "--net=/run/netns/" + namespace, "--"));
  }

  @Override
  public void publish(String name, int port) {
    // Every port of a namespace can be reached.
  }

  @Override
  public void moveIn(String name, long pid) {
    // Its namespace says who it is.
  }

  @Override
  public void cut(String one, String other) {
    lose(home(one), home(other));
    lose(home(other), home(one));
  }

  private static void lose(Home from, Home to) {
    inside(
        from,
        "neigh",
        "replace",
        to.address(),
        "lladdr",
        NOBODY,
        "dev",
        "eth0",
        "nud",
        "permanent");
  }

  @Override
  public void heal(String one, String other) {
    find(home(one), home(other));
    find(home(other), home(one));
  }

  private static void find(Home from, Home to) {
    Commands.tried(
        command(from, "neigh", "del", to.address(), "dev", "eth0")); // may not have been cut
  }

  private Home home(String name) {
    var home = homes.get(name);
    if (home == null) throw new IllegalArgumentException("there is no place " + name);
    return home;
  }

  private static void inside(Home home, String... arguments) {
    Commands.run(command(home, arguments).toArray(String[]::new));
  }

  private static List<String> command(Home home, String... arguments) {
    var command = new ArrayList<>(List.of("ip", "-n", home.namespace()));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public String description() {
    return "network namespaces, one for each node and one for the database";
  }

  @Override
  public void close() {
    homes.values().forEach(home -> Commands.works("ip", "netns", "del", home.namespace()));
    homes.clear();
    Commands.works("ip", "link", "del", bridge);
  }
}
