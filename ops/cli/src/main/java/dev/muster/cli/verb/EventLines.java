package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.protocol.text.Visible;

/// Prints events as they arrive, in the format asked for.
final class EventLines {
  private final Terminal terminal;
  private final OutputFormat format;
  private boolean first = true;

  EventLines(Terminal terminal, OutputFormat format) {
    this.terminal = terminal;
    this.format = format;
  }

  void line(String line) {
    if (line.isBlank()) {
      return;
    }
    switch (format) {
      case JSONL -> terminal.data(Visible.json(line));
      case JSON -> terminal.raw((first ? "[\n" : ",\n") + Visible.json(line));
      case NAME -> terminal.data(Json.parse(line, "the journal").path("type").asText());
      case TABLE, WIDE -> words(line);
    }
    first = false;
  }

  private void words(String line) {
    var event = Json.parse(line, "the journal");
    var fields = new StringBuilder();
    event
        .properties()
        .forEach(field -> {
          switch (field.getKey()) {
            case "seq", "at", "worker", "attempt", "type" -> {}
            default ->
                fields.append(field.getKey()).append('=').append(field.getValue()).append(' ');
          }
        });
    var shown = Text.line(fields.toString().strip());
    var what =
        event.path("at").asText()
            + "  "
            + pad(event.path("worker").asText("-"), 12)
            + pad(event.path("attempt").asText(""), 3)
            + pad(event.path("type").asText(), 20);
    var room = Math.max(0, terminal.lineColumns() - Text.width(what));
    var rest = format == OutputFormat.WIDE ? shown : Text.cut(shown, room);
    terminal.data((what + rest).stripTrailing());
  }

  private static String pad(String text, int width) {
    var shown = text.equals("null") ? "-" : Text.line(text);
    return shown + " ".repeat(Math.max(1, width - Text.width(shown)));
  }

  void end() {
    if (format == OutputFormat.JSON) {
      terminal.data(first ? "[]" : "\n]");
    }
  }
}
