package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listings;
import dev.muster.cli.view.NextSteps;
import dev.muster.cli.view.RunWords;
import dev.muster.cli.view.ScopeWords;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.NodeView;
import dev.muster.protocol.view.RunView;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "status", description = "What runs, what waits for you, and what headroom is left.")
final class Status extends Verb {
  private static final int ENDED_SHOWN_MAX = 5;

  /// So that the rest stays on the screen.
  private static final int APPROVALS_SHOWN_MAX = 10;

  Status(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var loaded = context.settings(Map.of());
    var settings = loaded.settings();
    if (settings.server() == null) context.door(loaded).check();
    if (settings.server() == null && !Files.isDirectory(settings.data())) {
      terminal().say("Nothing has run here yet: there is no data folder " + settings.data());
      terminal().say("Start with: `muster run FOLDER`");
      return Exit.OK;
    }
    return withNode(link -> {
      show(context, link);
      return Exit.OK;
    });
  }

  /// One screenful; `top` shows it again and again.
  static void show(Context context, Link link) {
    var terminal = context.terminal();
    var runs = link.api().runs().map(run -> withHolds(link, run)).toList();
    var approvals = link.api().approvals("PENDING", null).toList();
    var nodes = link.api().system().nodes().toList();
    switch (context.output()) {
      case JSON -> terminal.data(Json.pretty(json(link, runs, approvals, nodes)));
      case JSONL -> {
        runs.forEach(it -> terminal.data(line("run", it)));
        approvals.forEach(it -> terminal.data(line("approval", it)));
        nodes.forEach(it -> terminal.data(line("node", it)));
      }
      case NAME -> runs.forEach(it -> terminal.data(it.view().id()));
      case TABLE, WIDE -> words(context, link, runs, approvals, nodes);
    }
  }

  /// What holds a run only its supervisor knows, and a list asks nobody.
  private static Fetched<RunView> withHolds(Link link, Fetched<RunView> run) {
    var view = run.view();
    return view.state().finished() ? run : link.api().run(view.id());
  }

  private static ObjectNode json(
      Link link,
      List<Fetched<RunView>> runs,
      List<Fetched<Approval>> approvals,
      List<Fetched<NodeView>> nodes) {
    var all = Json.MAPPER.createObjectNode().put("server", link.api().client().base().toString());
    all.put("running", link.hosted() == null);
    runs.forEach(run -> all.withArray("runs").add(run.raw()));
    approvals.forEach(approval -> all.withArray("approvals").add(approval.raw()));
    nodes.forEach(node -> all.withArray("nodes").add(node.raw()));
    return all;
  }

  /// One thing, after what it is.
  private static String line(String kind, Fetched<?> item) {
    var line = Json.MAPPER.createObjectNode().put("item", kind);
    item.raw().properties().forEach(field -> line.set(field.getKey(), field.getValue()));
    return Json.line(line);
  }

  private static void words(
      Context context,
      Link link,
      List<Fetched<RunView>> runs,
      List<Fetched<Approval>> approvals,
      List<Fetched<NodeView>> nodes) {
    var terminal = context.terminal();
    terminal.data(
        link.hosted() == null
            ? "Node: " + link.api().client().base()
            : "Node: none is running; this is what the journal says");
    terminal.data("");
    runs(context, runs, link.hosted() == null);
    if (!approvals.isEmpty()) {
      terminal.data("");
      terminal.data(Text.count(approvals.size(), "operation") + " to decide:");
      var most = context.output() == OutputFormat.WIDE ? approvals.size() : APPROVALS_SHOWN_MAX;
      Listings.approvals(context.pace().now())
          .print(terminal, context.output(), approvals.stream().limit(most).toList(), "");
      if (approvals.size() > most) {
        terminal.prose("… and " + (approvals.size() - most) + " more: `muster approvals list`");
      }
      NextSteps.decide(approvals.stream().map(it -> it.view().id()).toList(), null)
          .forEach(terminal::prose);
    }
    if (link.hosted() == null) {
      terminal.data("");
      Listings.nodes().print(terminal, context.output(), nodes, "No node has reported.");
    }
  }

  /// @param carried a node is there that works on the open ones
  private static void runs(Context context, List<Fetched<RunView>> runs, boolean carried) {
    var terminal = context.terminal();
    var open = runs.stream().filter(run -> !run.view().state().finished()).toList();
    var ended =
        runs.stream()
            .filter(run -> run.view().state().finished())
            .limit(Math.max(0, ENDED_SHOWN_MAX - open.size()))
            .toList();
    var shown = java.util.stream.Stream.concat(open.stream(), ended.stream()).toList();
    if (shown.isEmpty()) {
      terminal.prose("There is no run yet. Start with: `muster run FOLDER`");
      return;
    }
    Listings.runs().print(terminal, context.output(), shown, "");
    for (var run : shown) {
      ScopeWords.lacks(run.view())
          .forEach(lack -> terminal.data("  " + run.view().id() + " " + lack));
    }
    for (var run : open) {
      if (!carried) {
        terminal.prose(
            "  nobody carries " + run.view().id() + " on now; do so with: `muster resume`");
        continue;
      }
      RunWords.holds(run.view())
          .forEach(hold -> terminal.prose("  " + run.view().id() + " held: " + hold));
    }
  }
}
