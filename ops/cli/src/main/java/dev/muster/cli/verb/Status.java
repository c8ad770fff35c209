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
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.NodeView;
import dev.muster.protocol.view.RunView;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(name = "status", description = "What runs, what waits for you, and what headroom is left.")
final class Status extends Verb {
  private static final String PENDING = "PENDING";
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
    switch (context.output()) {
      case JSON -> terminal.data(Json.pretty(json(link, runs(link), waiting(link), nodes(link))));
      case JSONL -> {
        runs(link).forEach(it -> terminal.data(line("run", it)));
        waiting(link).forEach(it -> terminal.data(line("approval", it)));
        nodes(link).forEach(it -> terminal.data(line("node", it)));
      }
      case NAME -> link.api().runs().forEach(it -> terminal.data(it.view().id()));
      case TABLE, WIDE -> words(context, link);
    }
  }

  private static List<Fetched<RunView>> runs(Link link) {
    return link.api().runs().map(run -> withHolds(link, run)).toList();
  }

  private static List<Fetched<Approval>> waiting(Link link) {
    return link.api().approvals(PENDING, null).toList();
  }

  private static List<Fetched<NodeView>> nodes(Link link) {
    return link.api().system().nodes().toList();
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

  /// Asks for what is shown, however much there is besides: `top` does so every second.
  private static void words(Context context, Link link) {
    var terminal = context.terminal();
    terminal.data(
        link.hosted() == null
            ? "Node: " + link.api().client().base()
            : "Node: none is running; this is what the journal says");
    terminal.data("");
    var open = link.api().openRuns().stream().map(run -> withHolds(link, run)).toList();
    runs(context, link, open, link.hosted() == null);
    approvals(context, link, open);
    if (link.hosted() == null) {
      terminal.data("");
      Listings.nodes().print(terminal, context.output(), nodes(link), "No node has reported.");
    }
  }

  private static void approvals(Context context, Link link, List<Fetched<RunView>> open) {
    var terminal = context.terminal();
    var isWide = context.output() == OutputFormat.WIDE;
    var shown = isWide ? waiting(link) : link.api().waiting(APPROVALS_SHOWN_MAX).toList();
    if (shown.isEmpty()) return;
    var isAll = isWide || shown.size() < APPROVALS_SHOWN_MAX;
    var total = isAll ? shown.size() : count(link, open);
    terminal.data("");
    terminal.data(Text.count(total, "operation") + " to decide:");
    Listings.approvals(context.pace().now()).print(terminal, context.output(), shown, "");
    if (total > shown.size()) {
      terminal.prose("… and " + (total - shown.size()) + " more: `muster approvals list`");
    }
    NextSteps.decide(shown.stream().map(it -> it.view().id()).toList(), null)
        .forEach(terminal::prose);
  }

  /// Those of runs are counted already; of programs outside no more wait than a gate takes.
  private static int count(Link link, List<Fetched<RunView>> open) {
    var ofRuns = open.stream().mapToInt(run -> run.view().approvals().pending()).sum();
    var outside = link.api().approvals(PENDING, ApprovalCommand.OUTSIDE).count();
    return Math.max(APPROVALS_SHOWN_MAX, ofRuns + (int) outside);
  }

  /// @param carried a node is there that works on the open ones
  private static void runs(
      Context context, Link link, List<Fetched<RunView>> open, boolean carried) {
    var terminal = context.terminal();
    // Of the newest there are as many that have ended as are wanted, or fewer at all.
    var ended =
        link.api()
            .runs("", ENDED_SHOWN_MAX)
            .filter(run -> run.view().state().finished())
            .limit(Math.max(0, ENDED_SHOWN_MAX - open.size()));
    var shown = Stream.concat(open.stream(), ended).toList();
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
