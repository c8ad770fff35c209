package dev.muster.orchestrator.api.identity;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Entry;
import dev.muster.orchestrator.security.audit.Entry.Kind;
import dev.muster.orchestrator.security.audit.Refused;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Principal;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes down what callers do: what they intend before it is carried out, what became of it, and
/// what was refused.
public final class Auditing {
  private static final String STRANGER = "stranger";

  private final AuditLog log;
  private final Refused refused;
  private final InstantSource clock;

  public Auditing(AuditLog log, InstantSource clock) {
    this.log = log;
    this.refused = new Refused(log::note, clock);
    this.clock = clock;
  }

  /// What changes or decides something is not done unless it is written that it will be.
  public Answer carryOut(Call call, Endpoint endpoint, Supplier<Answer> act) {
    var by = call.by();
    if (by == null || !endpoint.changes()) return act.get();
    var isDecision = endpoint.needs() == Permission.DECIDE;
    var detail = isDecision ? call.body().utf8String() : null;
    try {
      log.require(entry(call, by, Kind.INTENT, "asked", detail));
    } catch (AuditLog.Unwritten e) {
      throw ProblemException.of(503, "audit-unavailable", String.valueOf(e.getMessage()));
    }
    var kind = isDecision ? Kind.DECISION : Kind.CHANGE;
    try {
      var answer = act.get();
      // What was made has an id only now.
      var made = answer.headers().get("Location");
      log.note(entry(call, by, kind, "done " + answer.status(), made));
      return answer;
    } catch (ProblemException e) {
      var problem = e.problem();
      log.note(entry(call, by, kind, problem.status() + " " + problem.code(), null));
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      log.note(entry(call, by, kind, "500", null));
      throw e;
    }
  }

  private Entry entry(Call call, Principal by, Kind kind, String outcome, @Nullable String detail) {
    return new Entry(
        clock.instant(),
        kind,
        by.name(),
        by.person(),
        null,
        call.method() + " " + call.path(),
        outcome,
        call.requestId(),
        detail,
        1);
  }

  /// @param by null for a stranger
  public void refused(
      @Nullable Principal by, String peer, String action, Answer answer, String requestId) {
    if (answer.status() != 401 && answer.status() != 403) return;
    var who = by == null ? STRANGER : by.name();
    refused.note(Kind.REFUSAL, who, peer, action, Integer.toString(answer.status()), requestId);
  }

  /// @param who as the login said, where that is a name at all
  void login(Call call, String who, boolean isLetIn) {
    if (isLetIn) {
      log.note(
          new Entry(
              clock.instant(),
              Kind.LOGIN,
              who,
              null,
              call.peer(),
              call.method() + " " + call.path(),
              "let in",
              call.requestId(),
              null,
              1));
      return;
    }
    refused.note(
        Kind.LOGIN,
        who,
        call.peer(),
        call.method() + " " + call.path(),
        "not let in",
        call.requestId());
  }
}
