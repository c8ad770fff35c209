package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalAsked;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalVoted;
import dev.muster.protocol.approval.ApprovalEvent.BypassOpened;
import dev.muster.protocol.approval.ApprovalEvent.BypassRevoked;
import dev.muster.protocol.approval.ApprovalEvent.GateOpened;
import dev.muster.protocol.approval.ApprovalEvent.OutcomeRecorded;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalEvent.PermitRestored;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.Bypasses.Bypass;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.proof.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/// Everything one gate remembers. Pure.
///
/// @param entries by approval id, in the order they were requested
/// @param latest the approval that now speaks for an operation, by the operation's key
/// @param identities the approval that was asked for last for an operation, whatever its content
/// @param undecided the entries that wait for a decision
/// @param bypasses what is let pass for a while, by the kind of operation
record GateState(
    ApprovalPolicy policy,
    Duration waitMax,
    PMap<String, GateEntry> entries,
    PMap<String, Asked> latest,
    PMap<String, String> identities,
    Undecided undecided,
    PMap<String, Bypass> bypasses) {
  /// @param times how often it was asked about, so that each request has an id of its own
  record Asked(String approval, int times) {}

  /// Operations that may wait for a decision at one gate.
  static final int PENDING_MAX = 10_000;

  static final Duration WAIT_DEFAULT = Duration.ofHours(24);

  static final GateState EMPTY =
      new GateState(
          ApprovalPolicy.NONE,
          WAIT_DEFAULT,
          OrderedPMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          Undecided.NONE,
          HashTreePMap.empty());

  GateState evolve(ApprovalEvent event) {
    return switch (event) {
      case GateOpened(var policy, var waitMax, _) ->
          new GateState(policy, waitMax, entries, latest, identities, undecided, bypasses);
      case ApprovalRequested requested -> add(GateEntry.of(requested));
      case ApprovalAsked(var approval, var by, _) ->
          change(approval, entry -> entry.with(entry.people().askedBy(by)));
      case ApprovalVoted(var approval, var by, var reason, var of, var at) ->
          change(
              approval,
              entry -> entry.with(entry.people().with(new People.Vote(by, reason, of, at))));
      case ApprovalDecided decided -> change(decided.approval(), entry -> entry.decide(decided));
      case ApprovalExtended(var approval, var deadline, var by, var at) ->
          change(approval, entry -> entry.until(deadline).with(entry.people().extendedBy(by, at)));
      case BypassOpened(var kind, var until, var by, var reason, var at) ->
          with(passing(at).plus(kind, new Bypass(kind, until, by, reason, at)));
      case BypassRevoked(var kind, _, _) -> with(bypasses.minus(kind));
      case PermitConsumed consumed ->
          change(consumed.approval(), entry -> entry.consume(consumed))
              .speaking(consumed.approval());
      case PermitRestored restored -> change(restored.approval(), GateEntry::restore);
      case OutcomeRecorded(var approval, var outcome, _) ->
          change(approval, entry -> entry.end(outcome));
    };
  }

  @Nullable GateEntry find(String approval) {
    return entries.get(approval);
  }

  /// The entry that speaks for this operation now: the newest one asked for the same digest.
  @Nullable GateEntry latestFor(OperationRequest operation) {
    var asked = latest.get(key(operation));
    return asked == null ? null : entries.get(asked.approval());
  }

  /// The newest entry of the same operation, whatever its content was; null when it was never asked
  /// about, or does not say what it is.
  @Nullable GateEntry sameAs(OperationRequest operation) {
    if (operation.identity() == null) return null;
    var approval = identities.get(identity(operation));
    if (approval == null) approval = identities.get(words(operation));
    return approval == null ? null : entries.get(approval);
  }

  int timesAsked(OperationRequest operation) {
    var asked = latest.get(key(operation));
    return asked == null ? 0 : asked.times();
  }

  List<GateEntry> pending() {
    return undecided.all().stream().map(this::entry).toList();
  }

  List<GateEntry> pending(Collection<String> askers) {
    return undecided.of(askers).stream().map(this::entry).toList();
  }

  boolean isFull() {
    return undecided.size() >= PENDING_MAX;
  }

  List<GateEntry> overdue(Instant now) {
    return undecided.overdue(now).stream().map(this::entry).toList();
  }

  GateState add(GateEntry entry) {
    return new GateState(
        policy,
        waitMax,
        entries.plus(entry.id(), entry),
        latest.plus(
            key(entry.operation()), new Asked(entry.id(), timesAsked(entry.operation()) + 1)),
        identities.plus(identity(entry.operation()), entry.id()),
        entry.pending() ? undecided.plus(entry) : undecided,
        bypasses);
  }

  /// Without what is long over, for a gate that has no end. What was requested last ends last, or
  /// nearly so: nobody looks through all of it.
  GateState forgetting(Instant at) {
    var kept = this;
    for (var entry : entries.values()) {
      if (!entry.requestedAt().isBefore(at.minus(Outside.REMEMBERED))) break;
      if (Outside.isLongOver(entry, at)) kept = kept.without(entry);
    }
    return kept;
  }

  private GateState without(GateEntry entry) {
    var id = entry.id();
    var key = key(entry.operation());
    var asked = latest.get(key);
    var identity = identity(entry.operation());
    return new GateState(
        policy,
        waitMax,
        entries.minus(id),
        asked != null && asked.approval().equals(id) ? latest.minus(key) : latest,
        id.equals(identities.get(identity)) ? identities.minus(identity) : identities,
        undecided,
        bypasses);
  }

  /// What was begun speaks for its operation, whatever was asked meanwhile.
  private GateState speaking(String approval) {
    return new GateState(
        policy,
        waitMax,
        entries,
        latest,
        identities.plus(identity(entry(approval).operation()), approval),
        undecided,
        bypasses);
  }

  private GateState change(String approval, UnaryOperator<GateEntry> how) {
    var before = entry(approval);
    var changed = how.apply(before);
    var others = before.pending() ? undecided.minus(before) : undecided;
    return new GateState(
        policy,
        waitMax,
        entries.plus(approval, changed),
        latest,
        identities,
        changed.pending() ? others.plus(changed) : others,
        bypasses);
  }

  /// Without those whose time is over.
  PMap<String, Bypass> passing(Instant at) {
    var passing = bypasses;
    for (var bypass : bypasses.values()) {
      if (!bypass.until().isAfter(at)) passing = passing.minus(bypass.kind());
    }
    return passing;
  }

  private GateState with(PMap<String, Bypass> passing) {
    return new GateState(policy, waitMax, entries, latest, identities, undecided, passing);
  }

  private GateEntry entry(String approval) {
    var entry = entries.get(approval);
    if (entry == null)
      throw new IllegalStateException("no approval " + approval + " was requested");
    return entry;
  }

  private static String identity(OperationRequest operation) {
    return operation.identity() == null
        ? words(operation)
        : operation.worker() + "#" + operation.ordinal() + "#" + operation.identity();
  }

  /// For operations of journals in which they did not say who they are.
  private static String words(OperationRequest operation) {
    return operation.worker()
        + "#"
        + operation.ordinal()
        + "#"
        + Sha256.of(operation.kind() + "\n" + operation.script());
  }

  private static String key(OperationRequest operation) {
    return operation.worker() + "#" + operation.ordinal() + "#" + operation.digest();
  }
}
