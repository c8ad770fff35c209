package dev.muster.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.verb.HostChecks.State;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.usecase.RunPurge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    description = "Is this host fit? Looks at everything a node needs and says what is missing.",
    footer = {"", "Exit code: 0 fit (perhaps with warnings), 1 a check failed."})
final class Doctor extends Verb {
  private static final String POLICIES = "approvals.policies";

  Doctor(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var loaded = context.settings(Map.of());
    var found =
        new ArrayList<>(
            new HostChecks(context.caller(), loaded.settings(), context.door(loaded).problem())
                .all());
    if (!loaded.settings().http().rules().named().isEmpty()) found.add(policies(loaded.settings()));
    found.add(retention(loaded.settings()));
    switch (context.output()) {
      case JSON -> terminal().data(Json.pretty(Json.items(found.stream().map(Doctor::json))));
      case JSONL -> found.forEach(check -> terminal().data(Json.line(json(check))));
      case NAME -> found.forEach(check -> terminal().data(check.name()));
      case TABLE, WIDE -> found.forEach(check -> CheckLine.print(terminal(), check));
    }
    return verdict(found);
  }

  /// Only a node that runs is asked: nothing is started, and nothing changed, by looking.
  private HostChecks.Check policies(Settings settings) {
    var rules = settings.http().rules().named();
    var words = Text.count(rules.size(), "rule");
    var advice = "muster policy check tells more; muster users list who there is";
    try {
      var approvers = WhoThereIs.ask(context, settings, Need.RUNNING);
      var doubts = new ArrayList<String>();
      rules.forEach((name, policy) ->
          approvers.doubts(policy).forEach(doubt -> doubts.add(name + ": " + doubt)));
      return doubts.isEmpty()
          ? new HostChecks.Check(POLICIES, State.OK, words + ", each with people for it", "")
          : new HostChecks.Check(POLICIES, State.WARN, String.join("; ", doubts), advice);
    } catch (Refusal e) {
      return new HostChecks.Check(
          POLICIES, State.OK, words + "; no node tells whether there are people for them", "");
    }
  }

  private static HostChecks.Check retention(Settings settings) {
    var kept = settings.keep().runs();
    var words =
        kept == null
            ? "kept until somebody deletes them (keep.runs is not set)"
            : "deleted daily once they ended more than %s ago, but those tagged %s"
                .formatted(Text.duration(kept.age()), RunPurge.KEPT);
    return new HostChecks.Check("runs", State.OK, words, "");
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
    var failed = found.stream().filter(c -> c.state() == HostChecks.State.FAIL).count();
    var warned = found.stream().filter(c -> c.state() == HostChecks.State.WARN).count();
    terminal()
        .say(
            failed > 0
                ? Text.count(failed, "check") + " failed; each has a line that says how to mend it."
                : "This host is fit to run workforces"
                    + (warned == 0 ? "." : "; " + Text.count(warned, "warning") + "."));
    return failed == 0 ? Exit.OK : Exit.FAILED;
  }
}
