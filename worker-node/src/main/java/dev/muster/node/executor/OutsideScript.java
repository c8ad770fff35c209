package dev.muster.node.executor;

import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The script that starts an outside agent. In its sandbox there is no network but its own; there a
/// small program listens for what the agent asks, and hands it on to the gateway's socket. Pure.
record OutsideScript(OutsideAgent agent) {
  /// Variable of what opens the gateway.
  static final String TOKEN = "MUSTER_GATEWAY_TOKEN";

  /// The one that the small program listens on.
  private static final int PORT = 7401;

  private static final String URL = "http://127.0.0.1:" + PORT + Gateway.PATH;

  private static final String SILENT =
      "muster: an outside agent needs python3 or perl in its sandbox, and a loopback network";

  String telling(String prompt) {
    var script = new StringBuilder();
    script.append(
        "coproc GATEWAY { if command -v python3 > /dev/null; then exec python3 -I -S -c ");
    script.append(word(text("gateway.py"))).append(" 2> /dev/null; else exec perl -e ");
    script.append(word(text("gateway.pl"))).append(" 2> /dev/null; fi; }\n");
    script.append("read -r _ <&\"${GATEWAY[0]}\" || { echo ").append(word(SILENT));
    script.append("; exit 97; }\nprintf '%s\\n' ").append(word(prompt.replace("\0", "")));
    script.append(" > ").append(word(agent.promptFile())).append('\n');
    agent
        .environment()
        .forEach((name, value) ->
            script.append("export ").append(name).append('=').append(filled(value)).append('\n'));
    return script.append(agent.command()).append('\n').toString();
  }

  /// The token is not in the script, which lies in a file.
  private String filled(String value) {
    return word(value.replace("{url}", URL).replace("{prompt}", agent.promptFile()))
        .replace("{token}", "'\"$" + TOKEN + "\"'");
  }

  private static String word(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String text(String name) {
    try (var in = OutsideScript.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException(name + " is missing");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
