package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.cluster.LocalCluster;
import dev.muster.cli.cluster.LocalCluster.DatabaseStatus;
import dev.muster.cli.cluster.NodeStatus;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Table;
import dev.muster.cli.terminal.Table.Column;
import dev.muster.cli.terminal.Terminal;
import dev.muster.protocol.view.NodeView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `muster cluster status` in the format that was asked for.
final class ClusterWords {
  private ClusterWords() {}

  static void print(
      Terminal terminal, OutputFormat format, List<NodeStatus> nodes, DatabaseStatus database) {
    switch (format) {
      case JSON -> terminal.data(Json.pretty(json(nodes, database)));
      case JSONL -> nodes.forEach(node -> terminal.data(Json.line(json(node))));
      case NAME -> nodes.forEach(node -> terminal.data(node.node().name()));
      case TABLE, WIDE -> table(terminal, format == OutputFormat.WIDE, nodes, database);
    }
  }

  private static ObjectNode json(List<NodeStatus> nodes, DatabaseStatus database) {
    var all = Json.MAPPER.createObjectNode();
    var list = all.putArray("nodes");
    nodes.forEach(node -> list.add(json(node)));
    all.putObject("database")
        .put("name", LocalCluster.POSTGRES)
        .put("url", database.url())
        .put("status", state(database))
        .put("pid", database.pid());
    return all;
  }

  private static ObjectNode json(NodeStatus status) {
    var node = Json.MAPPER.createObjectNode().put("name", status.node().name());
    status.roles().forEach(node.putArray("roles")::add);
    node.put("status", status.state().name()).put("pid", status.pid());
    var seen = status.headroom();
    if (seen == null) {
      node.putNull("headroom");
    } else {
      var headroom = node.putObject("headroom").put("open", seen.open());
      seen.reasons().forEach(headroom.putArray("reasons")::add);
      headroom
          .put("cpuPercent", seen.cpuPercent())
          .put("memoryPercent", seen.memoryPercent())
          .put("diskPercent", seen.diskPercent())
          .put("slots", seen.slots())
          .put("slotsBusy", seen.slotsBusy());
    }
    return node.put("url", status.url().toString()).put("address", status.node().address());
  }

  private static void table(
      Terminal terminal, boolean wide, List<NodeStatus> nodes, DatabaseStatus database) {
    var table =
        wide
            ? new Table("NODE", "ROLES", "STATUS", "PID", "SLOTS", "HTTP", "ADDRESS", "HEADROOM")
            : new Table(
                    List.of(
                        Column.key("NODE"),
                        Column.text("ROLES").rank(3),
                        Column.key("STATUS"),
                        Column.key("PID").rank(2),
                        Column.key("SLOTS").rank(1),
                        Column.text("HEADROOM")))
                .hiding(2);
    for (var status : nodes) {
      var name = status.node().name();
      var roles = String.join(",", status.roles());
      var state = status.state().name();
      var pid = pid(status.pid());
      var slots = slots(status.headroom());
      var headroom = headroom(status);
      var node = status.node();
      if (wide) {
        var port = Integer.toString(node.port());
        table.row(name, roles, state, pid, slots, port, node.address(), headroom);
      } else {
        table.row(name, roles, state, pid, slots, headroom);
      }
    }
    table.print(terminal);
    terminal.data("");
    terminal.prose(
        "Database: "
            + database.url()
            + "  "
            + state(database)
            + (database.pid() == null ? "" : " (process " + database.pid() + ")"));
  }

  private static String state(DatabaseStatus database) {
    if (!database.ours()) return "not ours to watch";
    return database.pid() == null ? "DOWN" : "UP";
  }

  private static String pid(@Nullable Long pid) {
    return pid == null ? "-" : Long.toString(pid);
  }

  private static String slots(@Nullable NodeView seen) {
    return seen == null ? "-" : seen.slotsInWords();
  }

  private static String headroom(NodeStatus status) {
    var seen = status.headroom();
    if (seen == null) return "-";
    if (!seen.open()) return "CLOSED: " + String.join("; ", seen.reasons());
    var figures =
        String.format(
            Locale.ROOT,
            "cpu %.0f%%, memory %.0f%%, disk %.0f%%",
            seen.cpuPercent(),
            seen.memoryPercent(),
            seen.diskPercent());
    return "OPEN: " + figures;
  }
}
