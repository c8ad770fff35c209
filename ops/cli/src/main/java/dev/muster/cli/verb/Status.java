package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.Comparator;
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

  /// Of either at once: what waits may be tens of thousands, and the lists have the others.
  private static final int LISTED_MAX = 100;

  /// Of those that have not ended, on a screen.
  private static final int OPEN_SHOWN_MAX = 20;

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
      case JSON -> terminal.data(Json.pretty(Seen.of(link).json(link)));
      case JSONL -> Seen.of(link).lines().forEach(it -> terminal.data(Json.line(it)));
      case NAME -> names(link).forEach(terminal::data);
      case TABLE, WIDE -> words(context, link);
    }
  }

  /// For a program.
  ///
  /// @param runs the newest, and all that have not ended
  /// @param isMoreRuns whether there are others
  /// @param approvals those that wait longest
  /// @param waiting how many there are
  private record Seen(
      List<Fetched<RunView>> runs,
      boolean isMoreRuns,
      List<Fetched<Approval>> approvals,
      int waiting,
      List<Fetched<NodeView>> nodes) {
    static Seen of(Link link) {
      var open = withHolds(link, link.api().openRuns(), LISTED_MAX);
      var newest = link.api().runs("", LISTED_MAX + 1).toList();
      var ended =
          newest.stream().limit(LISTED_MAX).filter(run -> run.view().state().finished()).toList();
      var runs =
          Stream.concat(open.stream(), ended.stream())
              .sorted(Comparator.comparing((Fetched<RunView> it) -> it.view().id()).reversed())
              .toList();
      var approvals = link.api().waiting(LISTED_MAX).toList();
      var isAll = approvals.size() < LISTED_MAX;
      var waiting = isAll ? approvals.size() : count(link, open, LISTED_MAX);
      return new Seen(runs, newest.size() > LISTED_MAX, approvals, waiting, Status.nodes(link));
    }

    ObjectNode json(Link link) {
      var all = Json.MAPPER.createObjectNode().put("server", link.api().client().base().toString());
      all.put("running", link.hosted() == null);
      all.put("waiting", waiting).set("more", more());
      runs.forEach(run -> all.withArray("runs").add(run.raw()));
      approvals.forEach(approval -> all.withArray("approvals").add(approval.raw()));
      nodes.forEach(node -> all.withArray("nodes").add(node.raw()));
      return all;
    }

    /// What is left out.
    private ObjectNode more() {
      var more = Json.MAPPER.createObjectNode().put("runs", isMoreRuns);
      return more.put("approvals", waiting > approvals.size());
    }

    /// One thing each, after what it is.
    List<ObjectNode> lines() {
      var lines = new ArrayList<ObjectNode>();
      runs.forEach(it -> lines.add(line("run", it.raw())));
      approvals.forEach(it -> lines.add(line("approval", it.raw())));
      nodes.forEach(it -> lines.add(line("node", it.raw())));
      if (isMoreRuns || waiting > approvals.size()) lines.add(line("more", more()));
      return lines;
    }
  }

  private static List<Fetched<NodeView>> nodes(Link link) {
    return link.api().system().nodes().toList();
  }

  /// All that have not ended, and of the others the newest.
  private static List<String> names(Link link) {
    var open = link.api().openRuns().stream();
    var newest = link.api().runs("", LISTED_MAX);
    return Stream.concat(open, newest)
        .map(run -> run.view().id())
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /// What holds the newest so many; of the others it is not asked.
  private static List<Fetched<RunView>> withHolds(
      Link link, List<Fetched<RunView>> open, int askedMax) {
    var asked = open.stream().limit(askedMax).map(run -> withHolds(link, run));
    return Stream.concat(asked, open.stream().skip(askedMax)).toList();
  }

  /// What holds a run only its supervisor knows, and a list asks nobody.
  private static Fetched<RunView> withHolds(Link link, Fetched<RunView> run) {
    var view = run.view();
    return view.state().finished() ? run : link.api().run(view.id());
  }

  private static ObjectNode line(String kind, JsonNode item) {
    var line = Json.MAPPER.createObjectNode().put("item", kind);
    item.properties().forEach(field -> line.set(field.getKey(), field.getValue()));
    return line;
  }

  /// Asks for what is shown, however much there is besides: `top` does so every second.
  private static void words(Context context, Link link) {
    var terminal = context.terminal();
    terminal.data(
        link.hosted() == null
            ? "Node: " + link.api().client().base()
            : "Node: none is running; this is what the journal says");
    terminal.data("");
    var open = link.api().openRuns();
    runs(context, link, open, link.hosted() == null);
    approvals(context, link, open);
    if (link.hosted() == null) {
      terminal.data("");
      Listings.nodes().print(terminal, context.output(), nodes(link), "No node has reported.");
    }
  }

  private static void approvals(Context context, Link link, List<Fetched<RunView>> open) {
    var terminal = context.terminal();
    var most = context.output() == OutputFormat.WIDE ? LISTED_MAX : APPROVALS_SHOWN_MAX;
    var shown = link.api().waiting(most).toList();
    if (shown.isEmpty()) return;
    var total = shown.size() < most ? shown.size() : count(link, open, most);
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
  ///
  /// @param shown that many there are at least
  private static int count(Link link, List<Fetched<RunView>> open, int shown) {
    var ofRuns = open.stream().mapToInt(run -> run.view().approvals().pending()).sum();
    var outside = link.api().approvals(PENDING, ApprovalCommand.OUTSIDE).count();
    return Math.max(shown, ofRuns + (int) outside);
  }

  /// @param carried a node is there that works on the open ones
  private static void runs(
      Context context, Link link, List<Fetched<RunView>> all, boolean carried) {
    var terminal = context.terminal();
    var most = context.output() == OutputFormat.WIDE ? LISTED_MAX : OPEN_SHOWN_MAX;
    var open = all.stream().limit(most).map(run -> withHolds(link, run)).toList();
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
    if (all.size() > open.size()) {
      terminal.prose(
          "… and " + (all.size() - open.size()) + " more that have not ended: `muster runs list`");
    }
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
