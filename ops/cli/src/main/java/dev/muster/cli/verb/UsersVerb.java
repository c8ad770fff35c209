package dev.muster.cli.verb;

import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listings;
import dev.muster.host.refusal.Exit;
import dev.muster.protocol.view.UserView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "users", description = "People with passwords: add, list, disable, enable, passwd.")
final class UsersVerb extends Noun {
  UsersVerb(Context context) {
    super(context);
  }

  @Command(description = "Somebody new. The password is asked for, or read from the input.")
  int add(
      @Parameters(paramLabel = "NAME", description = "What they are called.") String name,
      @Option(
              names = "--role",
              required = true,
              description = "viewer, operator, approver or admin; may be repeated.")
          List<String> roles,
      @Option(names = "--workforce", description = "The only one they may see and touch.")
          @Nullable String workforce) {
    var password = HiddenInput.read(context, "password of " + Text.line(name), true);
    return withNode(link -> {
      link.api().people().addUser(name, password, roles, workforce);
      terminal().say("%s may log in now.".formatted(Text.line(name)));
      return Exit.OK;
    });
  }

  @Command(description = "Everybody who has a password.")
  int list() {
    return withNode(link -> {
      Listings.users()
          .print(
              terminal(),
              context.output(),
              link.api().people().users(),
              "Nobody has a password; the token of the data folder is all there is.");
      return Exit.OK;
    });
  }

  @Command(description = "Somebody may not come in any more, nor any token they made.")
  int disable(@Parameters(paramLabel = "NAME", description = "Whom.") String name) {
    return told(name, "disable", " may not come in any more.");
  }

  @Command(description = "Somebody who was disabled may come in again.")
  int enable(@Parameters(paramLabel = "NAME", description = "Whom.") String name) {
    return told(name, "enable", " may come in again.");
  }

  private int told(String name, String action, String words) {
    return withNode(link -> {
      UserView user = link.api().people().change(name, action);
      terminal().say(Text.line(user.name()) + words);
      return Exit.OK;
    });
  }

  @Command(description = "A new password, which ends every session that the old one opened.")
  int passwd(@Parameters(paramLabel = "NAME", description = "Whose.") String name) {
    var password = HiddenInput.read(context, "new password of " + Text.line(name), true);
    return withNode(link -> {
      link.api().people().password(name, password);
      terminal().say("%s has a new password.".formatted(Text.line(name)));
      return Exit.OK;
    });
  }
}
