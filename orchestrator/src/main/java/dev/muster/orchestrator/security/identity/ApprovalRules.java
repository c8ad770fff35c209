package dev.muster.orchestrator.security.identity;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.instruction.Risk;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How many people must approve what, and whether somebody may answer their own question. Pure.
///
/// @param own whether the owner of the data folder may approve what the owner asked; nobody else
///   ever may
/// @param required by a kind, or by a risk in lower case, or by `any`; the greatest that fits holds
public record ApprovalRules(boolean own, Map<String, Integer> required) {
  public static final ApprovalRules STANDARD = new ApprovalRules(true, Map.of());

  private static final String ANY = "any";
  private static final int PEOPLE_MAX = 10;

  public ApprovalRules {
    required = Map.copyOf(required);
  }

  /// @param text such as `any=1,admin=2,production_deploy=3`, or empty
  /// @throws IllegalArgumentException in words, when it is not understood
  public static ApprovalRules of(boolean own, String text) {
    var required = new LinkedHashMap<String, Integer>();
    for (var rule : text.isBlank() ? new String[0] : text.split(",", 100)) {
      var parts = rule.strip().split("=", 2);
      if (parts.length != 2
          || !parts[0].matches("[a-z][a-z0-9_]{0,99}")
          || !parts[1].matches("[1-9][0-9]?")
          || Integer.parseInt(parts[1]) > PEOPLE_MAX) {
        throw new IllegalArgumentException(
            "rules such as admin=2,production_deploy=2 (a kind, a risk or any; 1 to "
                + PEOPLE_MAX
                + " people)");
      }
      required.put(parts[0], Integer.parseInt(parts[1]));
    }
    return new ApprovalRules(own, required);
  }

  /// How many different people must approve it.
  public int peopleFor(String kind, Risk risk) {
    return Math.max(
        required.getOrDefault(ANY, 1),
        Math.max(
            required.getOrDefault(kind, 1),
            required.getOrDefault(risk.name().toLowerCase(Locale.ROOT), 1)));
  }

  /// Whether the policy of a run would answer alone what takes several people.
  public boolean forbid(ApprovalPolicy policy) {
    return policy != ApprovalPolicy.NONE && required.values().stream().anyMatch(it -> it > 1);
  }

  /// @param asker the person who asked; empty where that was no person, but a worker
  public boolean isOwnQuestion(Principal decider, String asker) {
    if (!decider.person().equals(asker)) return false;
    return decider.kind() != Principal.Kind.OWNER || !own;
  }
}
