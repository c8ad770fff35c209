package dev.muster.cli.verb;

import dev.muster.cli.terminal.Terminal;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.security.secret.SecretStore;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Secrets that people type: never an argument, which others see and shells remember. At a terminal
/// without an echo, else the first line of the input.
final class HiddenInput {
  private HiddenInput() {}

  /// @param what such as `password of alice`
  /// @param twice whether a typing error would be found out too late
  static String read(Context context, String what, boolean twice) {
    var typed = context.terminal().interactive() ? typed(context, what, twice) : piped(context);
    if (typed == null || typed.isEmpty()) {
      throw new Refusal(
          Exit.USAGE, "expected the %s on the input, found none".formatted(what), null);
    }
    return typed;
  }

  /// All of the input, since a key has many lines; without the line end that `echo` leaves.
  static String whole(Context context, String what) {
    if (context.terminal().interactive()) return read(context, what, true);
    try {
      var text = new StringBuilder();
      // Of what is too long, enough for the node to say so.
      while (text.length() <= SecretStore.VALUE_BYTES_MAX) {
        var next = context.streams().in().read();
        if (next < 0) break;
        text.append((char) next);
      }
      var value = text.toString().stripTrailing();
      if (!value.isEmpty()) return value;
    } catch (IOException e) {
      throw new Refusal(Exit.FAILED, "the input cannot be read: " + e.getMessage(), null, e);
    }
    throw new Refusal(Exit.USAGE, "expected the %s on the input, found none".formatted(what), null);
  }

  private static @Nullable String typed(Context context, String what, boolean twice) {
    context.terminal().flush();
    var first = hidden(context.terminal(), what + ", not shown:");
    if (twice && first != null && !first.equals(hidden(context.terminal(), "Once more:"))) {
      throw new Refusal(Exit.USAGE, "expected the same twice, found two different texts", null);
    }
    return first;
  }

  private static @Nullable String hidden(Terminal terminal, String question) {
    var console = Objects.requireNonNull(System.console());
    if (!console.isTerminal()) return terminal.ask(question);
    var typed = console.readPassword("%s ", question);
    return typed == null ? null : new String(typed);
  }

  private static @Nullable String piped(Context context) {
    try {
      return context.streams().in().readLine();
    } catch (IOException e) {
      throw new Refusal(Exit.FAILED, "the input cannot be read: " + e.getMessage(), null, e);
    }
  }
}
