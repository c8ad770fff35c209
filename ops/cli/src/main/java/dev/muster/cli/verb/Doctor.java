package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    description = "Is this host fit? Looks at everything a node needs and says what is missing.",
    footer = {"", "Exit code: 0 fit (perhaps with warnings), 1 something is missing."})
final class Doctor extends Verb {
  Doctor(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var loaded = context.settings(Map.of());
    var found =
        new HostChecks(context.caller(), loaded.settings(), context.door(loaded).problem()).all();
    switch (context.output()) {
      case JSON -> terminal().data(Json.pretty(Json.items(found.stream().map(Doctor::json))));
      case JSONL -> found.forEach(check -> terminal().data(Json.line(json(check))));
      case NAME -> found.forEach(check -> terminal().data(check.name()));
      case TABLE, WIDE -> found.forEach(check -> CheckLine.print(terminal(), check));
    }
    return verdict(found);
  }

  private static ObjectNode json(HostChecks.Check check) {
    return Json.MAPPER
        .createObjectNode()
        .put("check", check.name())
        .put("state", check.state().name())
        .put("found", check.found())
        .put("advice", check.advice());
  }

  private int verdict(List<HostChecks.Check> found) {
    var missing = found.stream().filter(c -> c.state() == HostChecks.State.MISSING).count();
    terminal()
        .say(
            missing == 0
                ? "This host is fit to run workforces."
                : Text.count(missing, "thing") + " missing; see the advice above.");
    return missing == 0 ? Exit.OK : Exit.FAILED;
  }
}
