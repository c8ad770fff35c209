package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.view.Listings;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.instruction.OperationKinds;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.view.PolicyView;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(name = "policy", description = "Who approves what, and how long it waits: list, check.")
final class PolicyVerb extends Noun {
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
        "escalate-for } }. A folder's own file may not set them unless it is trusted."
      })
  int check() {
    var rules = context.settings(Map.of()).settings().http().rules();
    var named =
        rules.named().entrySet().stream()
            .map(it -> it.getValue().view(it.getKey(), Principal.OWNER, false))
            .toList();
    Listings.policies()
        .print(
            terminal(),
            context.output(),
            named.stream().map(PolicyVerb::fetched).toList(),
            "Nothing is said: one who may decide approves, in the time of the run.");
    named.stream().map(PolicyView::name).filter(name -> !isKnown(name)).forEach(this::unknown);
    return Exit.OK;
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
