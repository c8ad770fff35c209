package dev.muster.cli.view;

import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.client.Fetched;
import dev.muster.protocol.view.RoomMessage;
import dev.muster.protocol.view.SharedValue;
import dev.muster.protocol.view.WorkerNote;
import java.util.List;

/// What workers share, keep and say, as a terminal shows it. All of it is other people's text.
public final class CommonsWords {
  private static final String INDENT = "  ";

  private final Terminal terminal;
  private final OutputFormat format;

  public CommonsWords(Terminal terminal, OutputFormat format) {
    this.terminal = terminal;
    this.format = format;
  }

  private boolean isProgram() {
    return format != OutputFormat.TABLE && format != OutputFormat.WIDE;
  }

  public void room(List<Fetched<RoomMessage>> messages) {
    if (isProgram() || messages.isEmpty()) {
      new Listing<RoomMessage>(it -> Long.toString(it.number()))
          .print(terminal, format, messages, "Nobody has said anything in a room of this run.");
      return;
    }
    var wave = -1;
    for (var fetched : messages) {
      var said = fetched.view();
      if (said.wave() != wave) {
        if (wave >= 0) terminal.data("");
        wave = said.wave();
        terminal.data(terminal.styled(Style.BOLD, "wave " + wave));
      }
      if (said.worker() != null) terminal.data(terminal.styled(Style.BOLD, head(said)));
      body(said.text());
    }
  }

  private static String head(RoomMessage said) {
    var head = "#%d %s  %s".formatted(said.number(), Text.time(said.at()), said.worker());
    if (said.waitsUntil() != null) head += " asks " + said.to();
    else if (said.answers() != null) head += " answers #" + said.answers();
    else if (said.to() != null) head += " to " + said.to();
    if (said.floor() != null) head += "  (" + said.floor() + ")";
    return Text.line(head);
  }

  public void state(List<Fetched<SharedValue>> values) {
    new Listing<SharedValue>(SharedValue::key)
        .column("KEY", 0, SharedValue::key)
        .column("VERSION", 2, it -> Long.toString(it.version()))
        .column("BY", 1, SharedValue::worker)
        .column("AT", 3, it -> Text.time(it.at()))
        .text("VALUE", 0, it -> Text.line(it.value()))
        .print(terminal, format, values, "Its workers share no value.");
  }

  public void notes(List<Fetched<WorkerNote>> notes) {
    if (isProgram() || notes.isEmpty()) {
      new Listing<WorkerNote>(WorkerNote::key).print(terminal, format, notes, "It keeps no note.");
      return;
    }
    for (var fetched : notes) {
      var note = fetched.view();
      var head = "#%d %s  %s".formatted(note.number(), Text.time(note.at()), note.key());
      terminal.data(terminal.styled(Style.BOLD, Text.line(head)));
      body(note.value());
    }
  }

  private void body(String text) {
    Text.block(text).strip().lines().forEach(line -> terminal.words(INDENT, Text.line(line)));
  }
}
