package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.Table;
import dev.muster.cli.terminal.Table.Column;
import dev.muster.host.refusal.Exit;
import dev.muster.host.settings.Resolved;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "config", description = "Settings: view.")
final class Config extends Noun {
  Config(Context context) {
    super(context);
  }

  @Command(description = "Every setting with its value, and with --origin where it comes from.")
  int view(
      @Option(names = "--origin", description = "Where each value comes from.") boolean origin) {
    var resolved = context.settings(Map.of()).resolved();
    switch (context.output()) {
      case JSON -> terminal().data(Json.pretty(Json.items(resolved.stream().map(Config::json))));
      case JSONL -> resolved.forEach(value -> terminal().data(Json.line(json(value))));
      case NAME -> resolved.forEach(value -> terminal().data(value.setting().key()));
      case TABLE -> table(resolved, origin);
      case WIDE -> table(resolved, true);
    }
    return Exit.OK;
  }

  private static ObjectNode json(Resolved value) {
    return Json.MAPPER
        .createObjectNode()
        .put("key", value.setting().key())
        .put("value", value.shown())
        .put("origin", value.origin());
  }

  private void table(java.util.List<Resolved> resolved, boolean origin) {
    var table =
        new Table(
            java.util.List.of(
                Column.key("SETTING"),
                Column.text("VALUE"),
                Column.text(origin ? "ORIGIN" : "MEANING").rank(1)));
    for (var value : resolved) {
      table.row(
          value.setting().key(),
          value.shown(),
          origin ? value.origin() : value.setting().description());
    }
    table.print(terminal());
  }
}
