package dev.muster.cli.verb;

import dev.muster.cli.session.Logins;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "login",
    description = "Log in to a server with a user's password, or a token, and be remembered there.")
final class Login extends Verb {
  /// What a token is believed to be good for here; the server decides.
  private static final Duration TOKEN_LIFE = Duration.ofDays(366);

  @Option(names = "--user", description = "Who; without it a token is asked for.")
  @Nullable String user;

  @Option(names = "--forget", description = "Forget what was got there.")
  boolean forget;

  Login(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var server = context.settings().server();
    if (server == null) {
      throw new Refusal(
          Exit.USAGE,
          "expected the URL of a server, found none",
          "such as --server https://muster.example:7400; the node of a data folder knows its owner"
              + " by the token in there");
    }
    var uri = URI.create(server);
    var logins = Logins.of(context.caller().environment());
    try {
      if (forget) {
        terminal().say(logins.forget(uri) ? "Forgotten." : "Nothing is known of that server.");
        return Exit.OK;
      }
      return user == null ? byToken(logins, uri) : byPassword(logins, uri, user);
    } catch (IOException e) {
      throw new Refusal(
          Exit.FAILED, "cannot write " + logins.file() + ": " + e.getMessage(), null, e);
    }
  }

  private int byPassword(Logins logins, URI server, String name) throws IOException {
    var password = HiddenInput.read(context, "password of " + Text.line(name), false);
    try (var link = context.link(Need.CONTROL)) {
      var got = link.api().people().login(name, password);
      var until =
          context.pace().now().plusSeconds(Math.max(1, got.path("expires_in").asLong() - 5));
      logins.keep(server, got.path("access_token").asText(), until);
    }
    terminal().say("Logged in as %s, for an hour.".formatted(Text.line(name)));
    return Exit.OK;
  }

  private int byToken(Logins logins, URI server) throws IOException {
    logins.keep(
        server,
        HiddenInput.read(context, "token", false).strip(),
        context.pace().now().plus(TOKEN_LIFE));
    try (var link = context.link(Need.CONTROL)) {
      terminal().say("Logged in as %s.".formatted(Text.line(link.api().people().me())));
    } catch (Refusal e) {
      logins.forget(server);
      throw e;
    }
    return Exit.OK;
  }
}
