package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.mcp.McpServing;
import dev.muster.host.refusal.Exit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
    name = "mcp",
    description = "Serve outside agents over the Model Context Protocol, on these two streams.",
    footer = {
      "",
      "Tools: muster_plan, muster_policy_check, muster_run, muster_report, muster_approvals; with a"
          + " MUSTER_TOKEN of an approver also muster_decide. It ends when its input ends."
    })
final class McpVerb extends Verb {
  McpVerb(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    // The operator's token opens every door; an agent that finds it on the disk decides nothing.
    var ownToken = !context.caller().environment().getOrDefault("MUSTER_TOKEN", "").isBlank();
    return withNode(link -> {
      serve(
          new McpServing(
              context.version(), link, it -> context.path(it).toString(), this::plan, ownToken));
      return Exit.OK;
    });
  }

  private void serve(McpServing serving) {
    var streams = context.streams();
    try {
      serving.serve(streams.in(), streams.out());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode plan(String folder, @Nullable String only) {
    var plan = new Plan(context);
    plan.folder = folder;
    plan.only = only;
    return Json.MAPPER.valueToTree(plan.planned());
  }
}
