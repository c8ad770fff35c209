package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listings;
import dev.muster.host.refusal.Exit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "Who did, decided or was refused what: list, verify.")
final class Audit extends Noun {
  Audit(Context context) {
    super(context);
  }

  @Command(description = "The newest entries, newest first.")
  int list(
      @Option(names = "-n", defaultValue = "50", description = "How many; 50 unless given.")
          int count,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              description =
                  "Only these; violation: what agents and others tried that is never right.")
          @Nullable String kind,
      @Option(
              names = "--filter",
              paramLabel = "EXPR",
              description = "As the API takes it, such as 'who:alice at>2026-01-31T00:00:00Z'.")
          @Nullable String filter) {
    return withNode(link -> {
      Listings.audit()
          .print(
              terminal(),
              context.output(),
              link.api().people().audit(Math.max(1, count), kind, filter),
              kind == null && filter == null
                  ? "Nothing has been written down yet."
                  : "No such entry.");
      return Exit.OK;
    });
  }

  @Command(description = "Whether every entry is as it was written, and none is missing.")
  int verify() {
    return withNode(link -> {
      var verdict = link.api().people().auditVerdict();
      var broken = verdict.path("broken").asText("");
      var isWhole = verdict.path("broken").isNull();
      if (context.output() == OutputFormat.JSON || context.output() == OutputFormat.JSONL) {
        terminal().data(Json.line(verdict));
      } else if (isWhole) {
        terminal()
            .prose(
                "%s hang together. The last is %d, %s: note it elsewhere, and a later look finds"
                        .formatted(
                            Text.count(verdict.path("entries").asLong(), "entry")
                                .replace("entrys", "entries"),
                            verdict.path("seq").asLong(),
                            Text.line(verdict.path("hash").asText()))
                    + " out whether the end was cut off.");
      } else {
        terminal().error("the audit log does not hang together: " + Text.line(broken));
      }
      return isWhole ? Exit.OK : Exit.FAILED;
    });
  }
}
