package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.host.refusal.Exit;
import picocli.CommandLine.Command;

@Command(name = "version", description = "The version, and the JDK it runs on.")
final class ShowVersion extends Verb {
  ShowVersion(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var jdk = Runtime.version().toString();
    switch (context.output()) {
      case JSON, JSONL ->
          terminal()
              .data(
                  Json.line(
                      Json.MAPPER
                          .createObjectNode()
                          .put("version", context.version())
                          .put("jdk", jdk)));
      case NAME -> terminal().data(context.version());
      case TABLE, WIDE -> terminal().data("muster " + context.version() + " (JDK " + jdk + ")");
    }
    return Exit.OK;
  }
}
