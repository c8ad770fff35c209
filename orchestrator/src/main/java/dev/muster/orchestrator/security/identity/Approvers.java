package dev.muster.orchestrator.security.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Who there is to approve things, so that settings that nobody can meet show before something
/// waits for nobody. Pure.
///
/// @param people everybody who may come in
/// @param open whether there may be others: whom an issuer vouches for is known once they come
public record Approvers(List<Principal> people, boolean open) {
  private static final String ROLE = "role:";

  public Approvers {
    people = List.copyOf(people);
  }

  /// The owner of the data folder, and users who are not disabled.
  public static Approvers of(List<User> users, boolean open) {
    var enabled = users.stream().filter(it -> it.disabledAt() == null).map(User::principal);
    return new Approvers(Stream.concat(Stream.of(Principal.OWNER), enabled).toList(), open);
  }

  /// What makes one doubt that a policy is meant as it stands, in words; empty where nothing does.
  public List<String> doubts(KindPolicy policy) {
    var doubts = new ArrayList<String>();
    Stream.concat(policy.by().stream(), policy.escalateTo().stream())
        .distinct()
        .forEach(name -> doubt(name, doubts));
    var able = people.stream().filter(it -> may(it) && policy.lets(it, false)).count();
    if (!open && able < policy.people()) {
      doubts.add(
          "nobody can approve it: it takes %s, and %s"
              .formatted(
                  policy.people() == 1 ? "one" : policy.people() + " people",
                  able == 0 ? "there is none" : "there " + (able == 1 ? "is " : "are ") + able));
    }
    return doubts;
  }

  private void doubt(String name, List<String> doubts) {
    var named =
        people.stream()
            .filter(it -> name.startsWith(ROLE) ? has(it, name) : it.person().equals(name))
            .toList();
    if (named.isEmpty()) {
      if (open) return;
      doubts.add(
          name.startsWith(ROLE)
              ? "nobody has the role " + name.substring(ROLE.length())
              : "nobody is called " + name);
    } else if (named.stream().noneMatch(Approvers::may)) {
      doubts.add(
          name.startsWith(ROLE)
              ? "the role %s may not decide".formatted(name.substring(ROLE.length()))
              : "%s may not decide: the roles are %s"
                  .formatted(name, String.join(", ", Role.words(named.getFirst().roles()))));
    }
  }

  private static boolean has(Principal it, String role) {
    return it.roles().stream()
        .anyMatch(own -> own.word().equals(role.substring(ROLE.length()).toLowerCase(Locale.ROOT)));
  }

  private static boolean may(Principal it) {
    return it.may(Permission.DECIDE);
  }
}
