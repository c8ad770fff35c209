package dev.muster.orchestrator.security.identity;

import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.instruction.Risk;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// How many people must approve what, who they are, how long it waits for them, and whether
/// somebody may answer their own question. Pure.
///
/// @param own whether the owner of the data folder may approve what the owner asked; nobody else
///   ever may
/// @param required by a kind, or by a risk in lower case, or by `any`; the greatest that fits holds
/// @param policies the same by the same names; what the kind leaves open is as the risk has it,
///   then as `any` has it
public record ApprovalRules(
    boolean own, Map<String, Integer> required, Map<String, KindPolicy> policies) {
  public static final ApprovalRules STANDARD = new ApprovalRules(true, Map.of());

  private static final String ANY = "any";
  private static final int PEOPLE_MAX = 10;

  public ApprovalRules {
    required = Map.copyOf(required);
    policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
  }

  public ApprovalRules(boolean own, Map<String, Integer> required) {
    this(own, required, Map.of());
  }

  public ApprovalRules with(Map<String, KindPolicy> byName) {
    return new ApprovalRules(own, required, byName);
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

  /// Each name that something is said of, with what is said of it.
  public Map<String, KindPolicy> named() {
    var named = new LinkedHashMap<>(policies);
    required.forEach((name, people) ->
        named.put(name, named.getOrDefault(name, KindPolicy.NONE).atLeast(people)));
    return named;
  }

  /// Everything that holds for it.
  public KindPolicy policyFor(String kind, Risk risk) {
    var policy = KindPolicy.NONE;
    for (var name : List.of(ANY, risk.name().toLowerCase(Locale.ROOT), kind)) {
      var own = policies.get(name);
      if (own != null) policy = own.or(policy);
      policy = policy.atLeast(required.getOrDefault(name, 1));
    }
    return policy;
  }

  /// Whether nothing but people may answer it, in whatever risk.
  public boolean isRestricted(String kind) {
    return Stream.of(Risk.values()).anyMatch(risk -> policyFor(kind, risk).isRestricted());
  }

  /// Whether the policy of a run would answer alone what takes several people.
  public boolean forbid(ApprovalPolicy policy) {
    return policy != ApprovalPolicy.NONE
        && (required.values().stream().anyMatch(it -> it > 1)
            || policies.values().stream().anyMatch(KindPolicy::isRestricted));
  }

  /// @param asker the person who asked; empty where that was no person, but a worker
  public boolean isOwnQuestion(Principal decider, String asker) {
    if (!decider.person().equals(asker)) return false;
    return decider.kind() != Principal.Kind.OWNER || !own;
  }
}
