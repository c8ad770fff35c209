package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.settings.Resolved;
import dev.muster.cli.terminal.Exit;
import dev.muster.cli.terminal.Table;
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
      case JSON, JSONL -> {
        var list = Json.MAPPER.createObjectNode();
        for (var value : resolved) {
          var item = list.withArray("items").addObject();
          item.put("key", value.setting().key());
          item.put("value", value.shown());
          item.put("origin", value.origin());
        }
        terminal().data(Json.pretty(list));
      }
      case NAME -> resolved.forEach(value -> terminal().data(value.setting().key()));
      case TABLE -> table(resolved, origin);
      case WIDE -> table(resolved, true);
    }
    return Exit.OK;
  }

  private void table(java.util.List<Resolved> resolved, boolean origin) {
    var table =
        origin ? new Table("SETTING", "VALUE", "ORIGIN") : new Table("SETTING", "VALUE", "MEANING");
    for (var value : resolved) {
      table.row(
          value.setting().key(),
          value.shown(),
          origin ? value.origin() : value.setting().description());
    }
    table.print(terminal());
  }
}
