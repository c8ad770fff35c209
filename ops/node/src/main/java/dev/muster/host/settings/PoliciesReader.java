package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import dev.muster.orchestrator.security.identity.KindPolicy;
import dev.muster.orchestrator.security.identity.KindPolicy.Then;
import dev.muster.orchestrator.security.identity.Role;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `approvals.policies { KIND { … } }`: who approves which kind, how many of them, how long
/// it waits, and what then. All that is wrong is told at once.
final class PoliciesReader {
  static final String KEY = "approvals.policies";

  private static final String APPROVALS = "approvals";
  private static final String POLICIES = "policies";
  private static final Set<String> KNOWN =
      Set.of("approvers", "by", "expiry", "then", "escalate-to", "escalate-for");
  private static final int PEOPLE_MAX = 10;
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final String PERSON = "[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}";

  private PoliciesReader() {}

  /// @param config a whole file
  static Map<String, KindPolicy> read(Config config, List<String> problems) {
    var policies = new LinkedHashMap<String, KindPolicy>();
    if (!config.hasPath(KEY)) return policies;
    if (config.getValue(KEY).valueType() != ConfigValueType.OBJECT) {
      problems.add(KEY + ": expected { KIND { approvers = 2, … } }");
      return policies;
    }
    var part = new ConfigPart(config, APPROVALS, problems);
    for (var name : part.names(POLICIES)) {
      policies.put(name, policy(part.part(POLICIES, name)));
    }
    return policies;
  }

  private static KindPolicy policy(ConfigPart part) {
    part.knows(KNOWN);
    var people = part.integer("approvers", 1, 1, PEOPLE_MAX);
    var by = people(part, "by");
    if (!by.isEmpty() && by.stream().noneMatch(PoliciesReader::isRole) && by.size() < people) {
      part.expected("by", "at least as many people as approvers, which is " + people);
    }
    var then = then(part);
    var to = people(part, "escalate-to");
    if (then == Then.ESCALATE && to.isEmpty()) {
      part.expected("escalate-to", "whom it is escalated to, such as [carol, \"role:admin\"]");
    }
    if (then != Then.ESCALATE && (!to.isEmpty() || part.has("escalate-for"))) {
      part.expected("then", "escalate, as there is escalate-to or escalate-for");
    }
    return new KindPolicy(
        people,
        by,
        part.has("expiry") ? duration(part, "expiry") : null,
        then,
        to,
        part.has("escalate-for") ? duration(part, "escalate-for") : KindPolicy.ESCALATE_FOR);
  }

  /// Nothing that ends before somebody could read it.
  private static Duration duration(ConfigPart part, String key) {
    var span = part.duration(key, KindPolicy.ESCALATE_FOR, LONGEST);
    if (span.toSeconds() < 1) part.expected(key, "a second or more, such as 1h");
    return span;
  }

  private static @Nullable Then then(ConfigPart part) {
    if (!part.has("then")) return null;
    try {
      return Then.valueOf(part.text("then", "").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      part.expected("then", "expire, hold or escalate");
      return null;
    }
  }

  private static List<String> people(ConfigPart part, String key) {
    var people = part.strings(key).stream().distinct().toList();
    for (var person : people) {
      var fits = isRole(person) ? Role.of(person.substring(5)) != null : person.matches(PERSON);
      if (!fits) {
        part.expected(
            key, "names of people, or role: and one of " + Role.words() + ", found " + person);
      }
    }
    return people;
  }

  private static boolean isRole(String person) {
    return person.startsWith("role:");
  }

  /// Whether a key of a file is read here.
  static boolean isOurs(String key) {
    return key.equals(KEY) || key.startsWith(KEY + ".");
  }
}
