package dev.muster.node.executor;

import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.AlreadyRan;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Granted;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.Permit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.apache.pekko.Done;

/// A gate that answers what a test has put on its list. When the list is empty it says what it was
/// told of the same operation, and else grants.
final class FakeGate implements GateClient {
  final List<OperationRequest> claims = new CopyOnWriteArrayList<>();
  final List<OperationOutcome> outcomes = new CopyOnWriteArrayList<>();
  private final Map<String, OperationOutcome> ended = new ConcurrentHashMap<>();
  private boolean remembers;
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final Queue<BiFunction<OperationRequest, Integer, CompletionStage<Claimed>>> answers =
      new ArrayDeque<>();
  private int outcomesToLose;

  FakeGate answer(Claimed claimed) {
    answers.add((_, _) -> CompletableFuture.completedFuture(claimed));
    return this;
  }

  /// As the real one: what has ended is not granted again.
  FakeGate remember() {
    remembers = true;
    return this;
  }

  FakeGate grant() {
    answers.add((request, attempt) -> granted(request, attempt));
    return this;
  }

  /// Something that happens while the next claim is decided.
  interface Meanwhile {
    void happens() throws IOException;
  }

  /// Grants the next claim when this has happened.
  FakeGate grantAfter(Meanwhile meanwhile) {
    answers.add((request, attempt) -> {
      try {
        meanwhile.happens();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return granted(request, attempt);
    });
    return this;
  }

  FakeGate loseTheAnswer() {
    answers.add((_, _) -> CompletableFuture.failedFuture(new IllegalStateException("lost")));
    return this;
  }

  FakeGate loseOutcomes(int count) {
    outcomesToLose = count;
    return this;
  }

  private static CompletionStage<Claimed> granted(OperationRequest request, int attempt) {
    return CompletableFuture.completedFuture(
        new Granted(new Permit(approval(request), request.digest(), attempt)));
  }

  private static String approval(OperationRequest request) {
    return "apr_" + request.ordinal();
  }

  @Override
  public synchronized CompletionStage<Claimed> claim(
      String run, OperationRequest operation, int attempt, String claimant) {
    claims.add(operation);
    calls.add("claim");
    var answer = answers.poll();
    var before = ended.get(approval(operation));
    if (answer == null && before != null) {
      return CompletableFuture.completedFuture(new AlreadyRan(approval(operation), before));
    }
    return answer == null ? granted(operation, attempt) : answer.apply(operation, attempt);
  }

  @Override
  public synchronized CompletionStage<Done> recordOutcome(
      String run, String approval, OperationOutcome outcome) {
    if (outcomesToLose-- > 0) return CompletableFuture.failedFuture(new IllegalStateException("x"));
    calls.add("record");
    outcomes.add(outcome);
    if (remembers) ended.put(approval, outcome);
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  @Override
  public synchronized CompletionStage<Done> restore(String run, String approval) {
    calls.add("restore");
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  @Override
  public synchronized CompletionStage<Claimed> askAgain(
      String run, String approval, OperationRequest operation) {
    calls.add("askAgain");
    return CompletableFuture.completedFuture(new Pending("apr_2"));
  }
}
