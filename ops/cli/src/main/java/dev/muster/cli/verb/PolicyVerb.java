package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.view.Listings;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.security.identity.Approvers;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.view.PolicyView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(name = "policy", description = "Who approves what, and how long it waits: list, check.")
final class PolicyVerb extends Noun {
  private static final Approvers NOT_ASKED = new Approvers(List.of(), true);

  PolicyVerb(Context context) {
    super(context);
  }

  @Command(description = "What the node's settings say of each kind of operation.")
  int list() {
    return withNode(link -> {
      Listings.policies()
          .print(
              terminal(),
              context.output(),
              link.api().deciding().policies(),
              "Nothing is said: one who may decide approves, in the time of the run.");
      return Exit.OK;
    });
  }

  @Command(
      description = "Read your settings as a node would, and say what they come to.",
      footer = {
        "",
        "Yours alone: approvals.policies { KIND { approvers by expiry then escalate-to",
        "escalate-for } }. A folder's own file may not set them unless it is trusted.",
        "Warns of kinds and names that there are none of, and of what nobody can approve."
      })
  int check() {
    var settings = context.settings(Map.of()).settings();
    var rules = settings.http().rules().named();
    var approvers = rules.isEmpty() ? NOT_ASKED : approvers(settings);
    var named =
        rules.entrySet().stream()
            .map(it -> it.getValue().view(it.getKey(), Principal.OWNER, false, approvers))
            .toList();
    Listings.policies()
        .print(
            terminal(),
            context.output(),
            named.stream().map(PolicyVerb::fetched).toList(),
            "Nothing is said: one who may decide approves, in the time of the run.");
    named.stream().map(PolicyView::name).filter(name -> !isKnown(name)).forEach(this::unknown);
    named.forEach(it -> it.doubts().forEach(doubt -> terminal().warn(it.name() + ": " + doubt)));
    return Exit.OK;
  }

  /// Of whom nobody knows nothing is doubted.
  private Approvers approvers(Settings settings) {
    try {
      return WhoThereIs.ask(context, settings, Need.CONTROL);
    } catch (Refusal e) {
      terminal()
          .warn("whether there is anybody of these names was not looked at: " + e.getMessage());
      return NOT_ASKED;
    }
  }

  private static Fetched<PolicyView> fetched(PolicyView view) {
    return new Fetched<>(Json.MAPPER.valueToTree(view), view);
  }

  private void unknown(String name) {
    terminal()
        .warn(
            "no operation of an instruction is of the kind `%s`; a program outside may ask for it"
                .formatted(name));
  }

  private static boolean isKnown(String name) {
    return name.equals("any")
        || OperationKinds.known(name)
        || Stream.of(Risk.values())
            .anyMatch(risk -> risk.name().toLowerCase(Locale.ROOT).equals(name));
  }
}
