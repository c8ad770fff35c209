package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.host.refusal.Exit;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "console",
    description = "Open the console in a browser, logged in.",
    footer = {
      "",
      "Prints an address that is good for one browser, once, within a minute. Where there is",
      "a desktop it is opened, too."
    })
final class ConsoleVerb extends Verb {
  @Option(names = "--print", description = "Only print the address.")
  boolean printOnly;

  ConsoleVerb(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (var link = context.link(Need.RUNNING)) {
      var path = link.api().deciding().codePath();
      var address = link.api().client().base().resolve("/") + path.substring(1);
      var format = context.output();
      var isJson = format == OutputFormat.JSON || format == OutputFormat.JSONL;
      terminal()
          .data(
              isJson ? Json.line(Json.MAPPER.createObjectNode().put("address", address)) : address);
      if (!printOnly && terminal().interactive()) open(address);
      terminal().say("Good once, for a minute.");
      return Exit.OK;
    }
  }

  /// Whoever has no desktop, or no way to open something there, has the address.
  private void open(String address) {
    var environment = context.caller().environment();
    var hasDesktop =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    var opener = hasDesktop ? found(environment.get("PATH")) : null;
    if (opener == null) return;
    try {
      new ProcessBuilder(opener.toString(), address)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      terminal().detail("cannot open it: " + e.getMessage());
    }
  }

  private static @Nullable Path found(@Nullable String path) {
    if (path == null) return null;
    for (var folder : path.split(File.pathSeparator, 200)) {
      var opener = Path.of(folder, "xdg-open");
      if (Files.isExecutable(opener)) return opener;
    }
    return null;
  }
}
