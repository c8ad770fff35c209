package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the nodes together have left for this run. Pure.
///
/// @param nodes that host workers
/// @param models why nobody new is to ask a language model, in words with numbers; empty while
///   somebody may, or while no node says that it has any
record Headroom(List<Room> nodes, List<String> models) {
  /// One waits in a node's queue for each that runs, so that no slot stands idle between two.
  private static final int UNDER_WAY_PER_SLOT = 2;

  /// A rehearsal takes no slot. This bounds what is said to one node at once.
  private static final int REHEARSED_AT_ONCE = 500;

  /// Workers of one node that are not counted while they wait for models or for their next try. A
  /// node lets as many agents be under way without a slot, and its queue bears as many who come
  /// back at once.
  private static final int WAITING_AT_ONCE = 256;

  private static final int NODES_NAMED_MAX = 8;
  private static final String SILENT = "is silent";

  Headroom {
    nodes = List.copyOf(nodes);
    models = List.copyOf(models);
  }

  /// Nobody is short of models.
  Headroom(List<Room> nodes) {
    this(nodes, List.of());
  }

  /// @param capacity workers that may be under way on it at once; 0 when it has no headroom
  /// @param labels what it offers
  /// @param away why it hosts nobody for now, such as `is silent`; null while it does
  /// @param reasons why it is closed, in words with numbers
  record Room(
      String node, int capacity, List<String> labels, @Nullable String away, List<String> reasons) {
    Room {
      labels = List.copyOf(labels);
      reasons = List.copyOf(reasons);
    }

    boolean isSilent() {
      return SILENT.equals(away);
    }

    boolean offers(List<String> required) {
      return away == null && labels.containsAll(required);
    }

    private String inWords() {
      var has = node + " has " + (labels.isEmpty() ? "none" : String.join(", ", labels));
      return away == null ? has : has + " but " + away;
    }
  }

  /// Workers that may be under way at once; 0 when no node has headroom.
  int capacity() {
    return capacity(List.of());
  }

  /// Of those nodes that offer what is required.
  int capacity(List<String> labels) {
    return nodes.stream().filter(it -> it.offers(labels)).mapToInt(Room::capacity).sum();
  }

  /// Workers that take no place while they wait.
  int waitersMax() {
    return WAITING_AT_ONCE * (int) nodes.stream().filter(it -> it.capacity() > 0).count();
  }

  boolean open() {
    return capacity() > 0;
  }

  /// Nodes of which nothing has been heard for a while.
  Set<String> silent() {
    return nodes.stream()
        .filter(Room::isSilent)
        .map(Room::node)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Why each closed node is closed.
  List<String> reasons() {
    var reasons = reasons(List.of());
    return nodes.isEmpty() ? List.of("no worker node has reported its headroom") : reasons;
  }

  /// Why each closed node is closed, of those that have what is required.
  List<String> reasons(List<String> labels) {
    return nodes.stream()
        .filter(it -> it.labels().containsAll(labels))
        .flatMap(it -> it.reasons().stream().map(reason -> it.node() + " " + reason))
        .toList();
  }

  /// Why nobody can host a worker that requires these labels; null when somebody can, or when
  /// nothing is known of any node.
  @Nullable String placementRefusal(List<String> labels) {
    if (nodes.isEmpty() || nodes.stream().anyMatch(it -> it.offers(labels))) return null;
    if (labels.isEmpty()) return null; // the headroom of the nodes says why
    var named = nodes.stream().limit(NODES_NAMED_MAX).map(Room::inWords).toList();
    var more = nodes.size() - named.size();
    return "needs %s; no node offers %s: %s%s"
        .formatted(
            String.join(", ", labels),
            labels.size() == 1 ? "it" : "them",
            String.join(", ", named),
            more > 0 ? " and " + more + " more do not either" : "");
  }

  /// @param limits of the run's own plan, which may be stricter than the node's; null for none
  static Headroom of(ClusterView view, @Nullable HeadroomLimits limits) {
    return new Headroom(
        view.nodes().stream().filter(NodeHeadroom::works).map(node -> room(node, limits)).toList(),
        models(view));
  }

  /// The figures are those of all nodes together, and each says them with its own limits: one that
  /// would let somebody ask is enough.
  private static List<String> models(ClusterView view) {
    var said =
        view.nodes().stream()
            .filter(node -> node.works() && !node.silent() && !node.drained())
            .map(NodeHeadroom::models)
            .filter(Objects::nonNull)
            .toList();
    return said.isEmpty() || said.stream().anyMatch(List::isEmpty) ? List.of() : said.getFirst();
  }

  /// Of a run that asks no model.
  Headroom withoutModels() {
    return new Headroom(nodes);
  }

  /// Of a run that executes nothing: it needs nodes, and nothing that they could be short of, slots
  /// neither.
  static Headroom ofRehearsal(ClusterView view) {
    return new Headroom(
        view.nodes().stream()
            .filter(NodeHeadroom::works)
            .map(node ->
                room(node, away(node) == null ? List.of() : node.reasons(), REHEARSED_AT_ONCE))
            .toList());
  }

  private static Room room(NodeHeadroom node, @Nullable HeadroomLimits limits) {
    var why = new ArrayList<>(node.open() ? List.<String>of() : node.reasons());
    if (limits != null) why.addAll(exceeded(node, limits));
    return room(node, why, node.slots() * UNDER_WAY_PER_SLOT);
  }

  private static Room room(NodeHeadroom node, List<String> reasons, int atOnce) {
    var why = new ArrayList<>(reasons);
    var away = away(node);
    if (why.isEmpty() && away != null) why.add(away);
    var capacity = why.isEmpty() ? atOnce : 0;
    return new Room(node.node(), capacity, node.labels(), away, why);
  }

  private static @Nullable String away(NodeHeadroom node) {
    return node.silent() ? SILENT : node.drained() ? "is drained" : null;
  }

  private static List<String> exceeded(NodeHeadroom node, HeadroomLimits limits) {
    List<String> reasons = new ArrayList<>();
    compare(reasons, "CPU", node.cpuPercent(), limits.cpuPercent());
    compare(reasons, "memory", node.memoryPercent(), limits.memoryPercent());
    compare(reasons, "disk", node.diskPercent(), limits.diskPercent());
    return reasons;
  }

  private static void compare(List<String> reasons, String what, double used, double limit) {
    if (limit < HeadroomLimits.OFF && used >= limit) {
      reasons.add(
          String.format(
              Locale.ROOT, "%s %.1f%% ≥ %s%% of the wave plan", what, used, plain(limit)));
    }
  }

  private static String plain(double percent) {
    return percent == Math.rint(percent)
        ? Long.toString(Math.round(percent))
        : Double.toString(percent);
  }
}
