package dev.muster.protocol.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The people around one approval.
///
/// @param asker who asked it on behalf of a program; null where a worker did
/// @param votes approvals so far, where it takes several people
/// @param escalatedAt when others were asked besides; null while they are not
public record People(
    @Nullable Caller asker,
    List<Vote> votes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant escalatedAt)
    implements CborSerializable {
  public static final People NONE = new People(null, List.of(), null);

  public People {
    votes = List.copyOf(votes);
  }

  /// Who made a request, as the API established it.
  ///
  /// @param name under which it is recorded
  /// @param person who is behind it: two tokens of one person are one person
  public record Caller(String name, String person) implements CborSerializable {
    /// Gives more time because the settings say so; no name of a person has a colon in front.
    public static final Caller HOLDS = of("policy:hold");

    /// Gives more time, and asks others besides.
    public static final Caller ESCALATES = of("policy:escalate");

    /// Where nobody is told apart.
    public static Caller of(String name) {
      return new Caller(name, name);
    }
  }

  /// @param of how many people it takes
  public record Vote(Caller by, String reason, int of, Instant at) implements CborSerializable {}

  public People askedBy(Caller caller) {
    return new People(caller, votes, escalatedAt);
  }

  public People with(Vote vote) {
    var more = new ArrayList<>(votes);
    more.add(vote);
    return new People(asker, more, escalatedAt);
  }

  /// More time has been given.
  public People extendedBy(Caller by, Instant at) {
    return by.equals(Caller.ESCALATES) ? new People(asker, votes, at) : this;
  }

  public boolean hasVoted(Caller caller) {
    return votes.stream().anyMatch(vote -> vote.by().person().equals(caller.person()));
  }

  /// `alice, bob`: who approved.
  public String names() {
    return votes.stream().map(vote -> vote.by().name()).collect(Collectors.joining(", "));
  }

  /// The same with one more.
  public String names(Caller last) {
    return votes.isEmpty() ? last.name() : names() + ", " + last.name();
  }
}
