package dev.muster.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.client.Api;
import dev.muster.client.Fetched;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.References;
import dev.muster.cli.session.Link;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The tools: each is what the command line does, by the same API and with the caller's own rights.
///
/// @param folder a path as the caller means it
/// @param plan of a folder and a selection, nothing of which runs
/// @param mayDecide whether the caller showed a token of its own that may decide
record McpTools(
    Link link, UnaryOperator<String> folder, McpServing.Planning plan, boolean mayDecide) {
  private static final int WORKERS_MAX = 50;
  private static final int APPROVALS_MAX = 50;

  /// Those that need somebody come first.
  private static final List<String> ATTENTION =
      List.of(
          "state:FAILED",
          "state:AWAITING_APPROVAL",
          "state:AWAITING_ANSWER",
          "state:BLOCKED",
          "state:RUNNING");

  List<McpTool> all() {
    var tools = new ArrayList<McpTool>();
    tools.add(
        new McpTool(
            "muster_plan",
            "The waves in which a folder of instruction files would run, with every finding."
                + " Nothing is started.",
            """
            {"type":"object","required":["folder"],"additionalProperties":false,"properties":{
              "folder":{"type":"string","description":"A folder of WORKER_<number>_<title>.md files"},
              "only":{"type":"string","description":"WORKER_001-020, wave=1, phase=2, tag=x, comma-separated"}}}
            """,
            true,
            it -> plan.plan(folder.apply(text(it, "folder")), optional(it, "only"))));
    tools.add(
        new McpTool(
            "muster_policy_check",
            "Judges the text of one instruction file: score, missing points, findings with line and"
                + " how to mend each.",
            """
            {"type":"object","required":["text"],"additionalProperties":false,"properties":{
              "name":{"type":"string","description":"The file's name, such as WORKER_014_Scan.md"},
              "text":{"type":"string","description":"The whole file, at most 512 KiB","maxLength":524288}}}
            """,
            true,
            it -> api().check(it.path("name").asText("WORKER_001_Draft.md"), text(it, "text"))));
    tools.add(
        new McpTool(
            "muster_run",
            "Starts a run of a folder on the node that is running. Every gated operation waits for"
                + " a person to decide. With rehearse nothing is executed.",
            """
            {"type":"object","required":["folder"],"additionalProperties":false,"properties":{
              "folder":{"type":"string"},
              "target":{"type":"string","description":"The folder it works on; the node's own by default"},
              "only":{"type":"string","description":"WORKER_001-020, wave=1, phase=2, tag=x, comma-separated"},
              "rehearse":{"type":"boolean","default":false}}}
            """,
            false,
            this::run));
    tools.add(
        new McpTool(
            "muster_report",
            "How a run stands: state, waves, why anything is held, and the workers that failed,"
                + " wait"
                + " for a decision, are blocked or run (at most %d); others by filter."
                    .formatted(WORKERS_MAX),
            """
            {"type":"object","additionalProperties":false,"properties":{
              "run":{"type":"string","description":"A run's id or `last`","default":"last"},
              "filter":{"type":"string","description":"Of workers, such as `state:FAILED wave:2`"}}}
            """,
            true,
            this::report));
    tools.add(
        new McpTool(
            "muster_approvals",
            "Operations that wait for a decision, each with its exact script, digest and"
                + " consequence (at most "
                + APPROVALS_MAX
                + ").",
            """
            {"type":"object","additionalProperties":false,"properties":{
              "run":{"type":"string","description":"Only of this run"}}}
            """,
            true,
            this::approvals));
    if (mayDecide) tools.add(decide());
    return List.copyOf(tools);
  }

  private McpTool decide() {
    return new McpTool(
        "muster_decide",
        "Approves or rejects one operation, in the name of the token this server was given. The"
            + " digest must be that of what was looked at.",
        """
        {"type":"object","required":["approval","decision","digest"],"additionalProperties":false,"properties":{
          "approval":{"type":"string"},
          "decision":{"enum":["approve","reject"]},
          "digest":{"type":"string","description":"As muster_approvals shows it"},
          "reason":{"type":"string","description":"Reaches the worker; required to reject"}}}
        """,
        false,
        this::decided);
  }

  private JsonNode run(JsonNode arguments) {
    if (link.hosted() != null) {
      throw new Refusal(
          Exit.UNREACHABLE,
          "no node is running that could carry a run out",
          "a person starts one with: `muster up`");
    }
    var order = Json.MAPPER.createObjectNode();
    order.put("folder", folder.apply(text(arguments, "folder")));
    var target = optional(arguments, "target");
    if (target != null) order.put("target", folder.apply(target));
    var only = optional(arguments, "only");
    if (only != null) order.put("only", only);
    order.put("rehearse", arguments.path("rehearse").asBoolean(false));
    return api().createRun(order).raw();
  }

  private JsonNode report(JsonNode arguments) {
    var run = new References(api()).run(arguments.path("run").asText("last"));
    var wanted = optional(arguments, "filter");
    var report = Json.MAPPER.createObjectNode();
    report.set("run", run.raw());
    var workers = report.putArray("workers");
    for (var filter : wanted == null ? ATTENTION : List.of(wanted)) {
      var left = WORKERS_MAX - workers.size();
      if (left == 0) break;
      api().workers(run.view().id(), filter, left).forEach(it -> workers.add(it.raw()));
    }
    return report;
  }

  private JsonNode approvals(JsonNode arguments) {
    var run = optional(arguments, "run");
    var id = run == null ? null : new References(api()).run(run).view().id();
    return Json.items(
        api().approvals("PENDING", id).limit(APPROVALS_MAX).map(Fetched::raw));
  }

  private JsonNode decided(JsonNode arguments) {
    var approval = text(arguments, "approval");
    var digest = text(arguments, "digest");
    return switch (text(arguments, "decision")) {
      case "approve" -> api().approve(approval, digest).raw();
      case "reject" -> api().reject(approval, text(arguments, "reason")).raw();
      default -> throw usage("expected decision to be approve or reject");
    };
  }

  private Api api() {
    return link.api();
  }

  private static @Nullable String optional(JsonNode arguments, String name) {
    var text = arguments.path(name).asText("").strip();
    return text.isEmpty() ? null : text;
  }

  private static String text(JsonNode arguments, String name) {
    var text = optional(arguments, name);
    if (text == null) throw usage("expected " + name + ", found none");
    return text;
  }

  private static Refusal usage(String words) {
    return new Refusal(Exit.USAGE, words, null);
  }
}
