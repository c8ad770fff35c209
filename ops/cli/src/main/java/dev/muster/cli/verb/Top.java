package dev.muster.cli.verb;

import dev.muster.cli.session.Link;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Screen;
import dev.muster.cli.terminal.Streams;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "top",
    description = "The status on the whole screen, anew every second, until Ctrl-C.")
final class Top extends Verb {
  private static final Duration EVERY = Duration.ofSeconds(1);

  Top(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    check();
    try (var link = context.link(Need.RUNNING);
        var screen = new Screen(terminal())) {
      var interrupts = context.interrupts().onInterrupt(screen::close);
      try {
        return show(link, screen);
      } finally {
        interrupts.run();
      }
    }
  }

  private void check() {
    var drawn = context.output() == OutputFormat.TABLE || context.output() == OutputFormat.WIDE;
    if (drawn && terminal().screen()) return;
    throw new Refusal(
        Exit.USAGE,
        drawn
            ? "expected a terminal to draw on, but stdout is none, or one that cannot (TERM=dumb)"
            : "expected -o table or wide: it draws on the screen, and ends only by Ctrl-C",
        "look once: `muster status`, or for a program: `muster status -o json`");
  }

  private int show(Link link, Screen screen) {
    var until = context.until();
    while (true) {
      screen.draw(frame(link), "Ctrl-C ends");
      if (until != null && context.pace().now().isAfter(until)) return Exit.OK;
      try {
        context.pace().sleep(EVERY);
      } catch (Refusal interrupted) {
        return interrupted.exitCode();
      }
    }
  }

  /// Drawn at once when all of it is known, so that nothing flickers. What is said beside is left
  /// out: there is no place for it.
  private List<String> frame(Link link) {
    var drawn = new ByteArrayOutputStream();
    var streams =
        new Streams(
            context.streams().in(),
            Streams.out(drawn),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    var aside = context.elsewhere(context.caller(), streams);
    aside.globals().color = context.globals().color;
    aside.globals().output = context.globals().output;
    Status.show(aside, link);
    aside.terminal().flush();
    return drawn.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
