package dev.muster.cli.verb;

import dev.muster.cli.session.Sessions.Need;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.time.Duration;
import picocli.CommandLine.Command;

@Command(name = "top", description = "The status, again every second, until Ctrl-C.")
final class Top extends Verb {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

  Top(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (var link = context.link(Need.RUNNING)) {
      var until = context.until();
      while (true) {
        if (terminal().screen()) {
          terminal().raw(CLEAR_SCREEN);
        }
        Status.show(context, link);
        terminal().flush();
        var over = until != null && context.pace().now().isAfter(until);
        if (!terminal().screen() || over) {
          return Exit.OK;
        }
        try {
          context.pace().sleep(EVERY);
        } catch (Refusal interrupted) {
          return interrupted.exitCode();
        }
      }
    }
  }
}
