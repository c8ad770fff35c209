package dev.muster.cli.cluster;

import dev.muster.cli.session.ClusterFile;
import dev.muster.cli.session.ClusterFile.Database;
import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Setting;
import dev.muster.host.settings.Settings.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides which nodes a cluster has, with which ports: those of before, and more when more are
/// wanted.
public record Founding(Wiring wiring) {
  private static final int ORCHESTRATORS_STANDARD = 1;
  private static final int WORKERS_STANDARD = 3;

  /// @param orchestrators at least; null for those it has, else one
  /// @param workers at least; null for those it has, else three
  /// @param database URL of a server of the operator's own; null for what it has, else one of ours
  public record Wanted(
      @Nullable Integer orchestrators, @Nullable Integer workers, @Nullable String database) {}

  ClusterFile file(@Nullable ClusterFile before, Wanted wanted) {
    var members = new ArrayList<Member>();
    var ports = new Ports(taken(before));
    var had = before != null;
    var orchestrators = count(wanted.orchestrators(), had, ORCHESTRATORS_STANDARD);
    add(members, before, Role.ORCHESTRATOR, orchestrators, ports);
    add(members, before, Role.WORKER, count(wanted.workers(), had, WORKERS_STANDARD), ports);
    Map<String, String> environment =
        new HashMap<>(before == null ? Map.of() : before.environment());
    environment.putAll(NodeSettings.kept(wiring.environment()));
    var folder = before == null ? wiring.folder().toString() : before.folder();
    return new ClusterFile(folder, database(before, wanted.database()), environment, members);
  }

  private static int count(@Nullable Integer wanted, boolean had, int standard) {
    if (wanted != null) return wanted;
    return had ? 0 : standard;
  }

  private void add(
      ArrayList<Member> members, @Nullable ClusterFile before, Role role, int wanted, Ports ports) {
    if (before != null) {
      before.nodes().stream().filter(node -> node.role() == role).forEach(members::add);
    }
    var prefix = role == Role.WORKER ? "worker-" : "orchestrator-";
    for (var number = 1; number <= wanted; number++) {
      var name = prefix + number;
      if (members.stream().anyMatch(node -> node.name().equals(name))) continue;
      members.add(member(name, role, ports));
    }
  }

  private Member member(String name, Role role, Ports ports) {
    var known = ProcessNote.read(new Member(name, role, 0, 0).data(wiring.data()));
    if (known != null && known.port() != 0) {
      return new Member(name, role, known.port(), known.clusterPort());
    }
    var port = name.equals(ClusterFile.FIRST) ? firstPort(ports) : ports.any();
    return new Member(name, role, port, ports.any());
  }

  private int firstPort(Ports ports) {
    var chosen =
        wiring.settings().resolved().stream()
            .anyMatch(
                found -> found.setting() == Setting.PORT && !found.origin().equals("default"));
    return ports.first(wiring.settings().settings().port(), chosen);
  }

  private static Set<Integer> taken(@Nullable ClusterFile before) {
    if (before == null) return Set.of();
    return before.nodes().stream()
        .flatMap(node -> Stream.of(node.port(), node.clusterPort()))
        .collect(Collectors.toSet());
  }

  /// A cluster stays with its database: its journal is there.
  private @Nullable Database database(@Nullable ClusterFile before, @Nullable String wanted) {
    var settings = wiring.settings().settings().database();
    if (before == null) return wanted == null ? null : new Database(wanted, settings.user());
    var had = before.database();
    if (wanted == null) return had;
    if (had != null && had.url().equals(wanted)) return new Database(wanted, settings.user());
    throw new Refusal(
        Exit.CONFLICT,
        "the cluster in "
            + wiring.data()
            + " has its journal in "
            + (had == null ? "the PostgreSQL of its own folder" : had.url())
            + ", not in "
            + wanted,
        "leave out --db, or start another cluster with --data DIR");
  }
}
