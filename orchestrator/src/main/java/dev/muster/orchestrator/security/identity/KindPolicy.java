package dev.muster.orchestrator.security.identity;

import dev.muster.protocol.view.PolicyView;
import dev.muster.protocol.view.Seconds;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the settings say about deciding one kind of operation. Pure.
///
/// @param people how many different people must approve it
/// @param by who may approve it: names of people, or `role:` and a role; none for whoever may
///   decide
/// @param expiry how long it waits for a decision; null for as long as its run waits for anything
/// @param then what becomes of it when that time is over; null for what holds otherwise
/// @param escalateTo who may approve it besides, once it is escalated
/// @param escalateFor how long those have
public record KindPolicy(
    int people,
    List<String> by,
    @Nullable Duration expiry,
    @Nullable Then then,
    List<String> escalateTo,
    Duration escalateFor) {
  public static final Duration ESCALATE_FOR = Duration.ofHours(1);

  /// One person, in the time of the run.
  public static final KindPolicy NONE =
      new KindPolicy(1, List.of(), null, null, List.of(), ESCALATE_FOR);

  /// What becomes of a question that nobody has answered in time. None of them lets anything run.
  public enum Then {
    /// It is over, and its worker fails.
    EXPIRE,
    /// It goes on waiting, until somebody answers or its run is cancelled.
    HOLD,
    /// Others are asked besides, once; after their time it is over.
    ESCALATE
  }

  public KindPolicy {
    by = List.copyOf(by);
    escalateTo = List.copyOf(escalateTo);
  }

  /// What this leaves open is as in the other.
  KindPolicy or(KindPolicy other) {
    return new KindPolicy(
        Math.max(people, other.people),
        by.isEmpty() ? other.by : by,
        expiry == null ? other.expiry : expiry,
        then == null ? other.then : then,
        then == null ? other.escalateTo : escalateTo,
        then == null ? other.escalateFor : escalateFor);
  }

  KindPolicy atLeast(int count) {
    return new KindPolicy(Math.max(people, count), by, expiry, then, escalateTo, escalateFor);
  }

  /// Not just anybody who may decide, or not one alone: so nothing but people answers it.
  public boolean isRestricted() {
    return people > 1 || !by.isEmpty();
  }

  /// @param escalated whether others are asked by now
  public boolean lets(Principal principal, boolean escalated) {
    if (by.isEmpty() || names(by, principal)) return true;
    return escalated && names(escalateTo, principal);
  }

  private static boolean names(List<String> people, Principal principal) {
    return people.contains(principal.person())
        || principal.roles().stream().anyMatch(role -> people.contains("role:" + role.word()));
  }

  /// As people and programs see it.
  ///
  /// @param caller who asks
  /// @param approvers who there is
  public PolicyView view(String name, Principal caller, boolean escalated, Approvers approvers) {
    return new PolicyView(
        name,
        people,
        by,
        Seconds.ofNullable(expiry),
        PolicyView.Then.valueOf((then == null ? Then.EXPIRE : then).name()),
        escalateTo,
        Seconds.of(escalateFor),
        lets(caller, escalated),
        words(),
        approvers.doubts(this));
  }

  /// `2 of alice, bob, carol`; `alice or bob`; empty when anybody may who may decide.
  public String words() {
    if (by.isEmpty()) return people > 1 ? people + " people" : "";
    var names = by.stream().map(it -> it.replaceFirst("^role:", "any ")).toList();
    return people > 1 ? people + " of " + String.join(", ", names) : String.join(" or ", names);
  }
}
