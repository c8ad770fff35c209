package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.protocol.view.Approval;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Approving what a query finds: counted, shown by kind, asked about once, decided at once.
final class ApproveMany {
  private static final Set<String> APPROVED =
      Set.of(Approval.State.APPROVED.name(), Approval.State.AUTO_APPROVED.name());

  private final Context context;

  ApproveMany(Context context) {
    this.context = context;
  }

  /// @param run null for all
  int decide(Link link, @Nullable String run, String filter, boolean dryRun) {
    var api = link.api().deciding();
    var preview = api.selection(run, filter);
    var count = preview.path("count").asInt();
    var words = words(preview);
    if (dryRun) return told(preview, words);
    context.terminal().say(words);
    if (count == 0) return Exit.OK;
    if (!context.yes()
        && !context.terminal().confirm("Approve " + Text.count(count, "operation") + "?")) {
      context.terminal().say("Nothing was done.");
      return Exit.OK;
    }
    var outcome = api.approveCounted(preview);
    var refused = outcome.path("refusedTotal").asInt();
    told(outcome, Text.count(outcome.path("decided").asInt(), "operation") + " approved");
    var voted = outcome.path("voted").asInt();
    if (voted > 0) {
      context.terminal().say(voted + " more have your voice and wait for somebody else's");
    }
    for (var one : outcome.path("already")) context.terminal().say(faster(one));
    for (var one : outcome.path("refused")) {
      context.terminal().error(one.path("id").asText() + ": " + one.path("detail").asText());
    }
    var against = outcome.path("already").valueStream().anyMatch(it -> !isApproved(it));
    return refused == 0 && !against ? Exit.OK : Exit.CONFLICT;
  }

  private static boolean isApproved(JsonNode already) {
    return APPROVED.contains(already.path("state").asText());
  }

  private static String faster(JsonNode already) {
    var state = already.path("state").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
    var by = already.path("by").isNull() ? "" : " by " + Text.line(already.path("by").asText());
    return already.path("count").asInt() + " meanwhile " + state + by;
  }

  private int told(JsonNode json, String words) {
    var format = context.output();
    var isJson = format == OutputFormat.JSON || format == OutputFormat.JSONL;
    context.terminal().data(isJson ? Json.line(json) : words);
    return Exit.OK;
  }

  private static String words(JsonNode preview) {
    var kinds =
        preview
            .path("kinds")
            .valueStream()
            .map(it -> it.path("count").asInt() + " " + Text.line(it.path("kind").asText()))
            .collect(Collectors.joining(", "));
    var count = preview.path("count").asInt();
    var words =
        count == 0 ? "nothing to decide at once" : Text.count(count, "operation") + ": " + kinds;
    var alone = preview.path("alone").asInt();
    if (alone > 0) {
      words +=
          "; " + alone + " may have run or have changed: each wants a look, `muster approve ID`";
    }
    return preview.path("more").asBoolean() ? words + "; more wait after these" : words;
  }
}
