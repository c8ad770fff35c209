package dev.muster.cli.verb;

import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listings;
import dev.muster.host.refusal.Exit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "tokens", description = "Tokens for programs: create, list, revoke.")
final class TokensVerb extends Noun {
  TokensVerb(Context context) {
    super(context);
  }

  @Command(description = "A new token. It is shown once, and never again.")
  int create(
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
      @Option(
              names = "--role",
              required = true,
              description = "viewer, operator, approver or admin; may be repeated.")
          List<String> roles,
      @Option(names = "--workforce", description = "The only one it may see and touch.")
          @Nullable String workforce,
      @Option(
              names = "--days",
              defaultValue = "30",
              description = "How long it is good for; 30 unless given.")
          int days) {
    return withNode(link -> {
      var made = link.api().people().createToken(name, roles, workforce, days);
      if (context.output() == OutputFormat.JSON || context.output() == OutputFormat.JSONL) {
        terminal().data(made.toString());
        return Exit.OK;
      }
      terminal().data(Text.line(made.path("token").asText()));
      terminal()
          .say(
              "Good until %s, and shown this once. It goes into MUSTER_TOKEN, or `Authorization:"
                      .formatted(Text.line(made.path("row").path("expiresAt").asText()))
                  + " Bearer …`.");
      return Exit.OK;
    });
  }

  @Command(description = "Every token: whose, for what, until when. Never the token itself.")
  int list() {
    return withNode(link -> {
      Listings.tokens(context.pace().now())
          .print(terminal(), context.output(), link.api().people().tokens(), "There is no token.");
      return Exit.OK;
    });
  }

  @Command(description = "A token counts no more, at once.")
  int revoke(@Parameters(paramLabel = "ID", description = "As `list` has it.") String id) {
    var question =
        "Revoke " + Text.line(id) + "? What uses it stays outside, and it never comes back.";
    // A token that has leaked is revoked by whatever script knows of it.
    if (terminal().interactive() && !new Consent(context).given(question)) return Exit.OK;
    return withNode(link -> {
      link.api().people().revoke(id);
      terminal().say("It counts no more.");
      return Exit.OK;
    });
  }
}
