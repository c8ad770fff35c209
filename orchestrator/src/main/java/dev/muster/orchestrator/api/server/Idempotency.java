package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Problem;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.api.server.IdempotencyKeys.Used;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.proof.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// `Idempotency-Key`: the same request under the same key is carried out once, and answered the
/// same way each time, also after a restart.
///
/// Only successes are remembered: after a refusal a caller may mend its request and use the key
/// again. A key whose first use was cut off by a crash may be used again after a minute: while it
/// is under way its node says so, however long that takes.
final class Idempotency {
  private static final Duration TAKEN_OVER_AFTER = Duration.ofMinutes(1);
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(20);
  private static final Duration KEPT = Duration.ofDays(2);
  private static final List<String> SECRET =
      List.of("/api/v1/users", "/api/v1/tokens", "/api/v1/secrets");
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final IdempotencyKeys keys;
  private final InstantSource clock;
  private final Duration renewedEvery;

  Idempotency(DataSource database, InstantSource clock) {
    this(database, clock, RENEWED_EVERY);
  }

  Idempotency(DataSource database, InstantSource clock, Duration renewedEvery) {
    this.renewedEvery = renewedEvery;
    this.keys = new IdempotencyKeys(database);
    this.clock = clock;
  }

  Answer once(Call call, Endpoint.Handler handler) {
    var key = call.header("idempotency-key");
    if (key == null || call.by() == null || !isRemembered(call)) return handler.handle(call);
    if (!KEY.matcher(key).matches()) {
      throw ProblemException.of(
          400,
          "invalid-idempotency-key",
          "expected an Idempotency-Key of 1 to 200 visible ASCII characters");
    }
    return once(owned(call.principal(), key), call, handler);
  }

  private Answer once(String key, Call call, Endpoint.Handler handler) {
    var fingerprint = fingerprint(call);
    var now = clock.instant();
    keys.forgetBefore(now.minus(KEPT));
    var used = keys.claim(key, fingerprint, now);
    if (used != null) {
      var remembered = remembered(used, fingerprint, now);
      if (remembered != null) return remembered;
      keys.take(key, used.at(), now);
    }
    return carryOut(key, used == null ? now : used.firstAt(), call, handler);
  }

  private @Nullable Answer remembered(Used used, String fingerprint, Instant now) {
    if (!used.fingerprint().equals(fingerprint)) {
      throw ProblemException.of(
          422,
          "idempotency-key-reused",
          "this Idempotency-Key belongs to another request: use a new key for a new request");
    }
    var answer = used.answer();
    if (answer != null) return answer;
    if (used.at().isBefore(now.minus(TAKEN_OVER_AFTER))) return null;
    throw Problem.of(
            409, "still-working", "the first request with this Idempotency-Key is still under way")
        .thatMayPass()
        .exception();
  }

  private Answer carryOut(String key, Instant first, Call call, Endpoint.Handler handler) {
    var parts = new LinkedHashMap<>(call.parts());
    parts.put(Call.FIRST_USE, first.toString());
    var marked =
        new Call(
            call.requestId(),
            call.by(),
            call.peer(),
            call.method(),
            call.path(),
            parts,
            call.query(),
            call.headers(),
            call.body());
    try (var _ = new UnderWay(() -> keys.renew(key, clock.instant()), renewedEvery)) {
      var answer = handler.handle(marked);
      if (answer.status() < 300) keys.remember(key, answer);
      else keys.forget(key);
      return answer;
    } catch (ProblemException e) {
      // Nobody knows whether a request without an answer was carried out: the key stays, so that
      // whoever repeats it gets the same names, and may do so at once.
      if (e.problem().status() == 503) release(key, e);
      else keys.forget(key);
      throw e;
    }
  }

  /// What keeps the cluster from answering may be the database: then the key is free after a while.
  private void release(String key, ProblemException unanswered) {
    try {
      keys.release(key, clock.instant().minus(TAKEN_OVER_AFTER).minusMillis(1));
    } catch (IllegalStateException e) {
      unanswered.addSuppressed(e);
    }
  }

  /// What holds a secret is neither kept nor told again: doing it twice does no harm, or is
  /// refused.
  private static boolean isRemembered(Call call) {
    return call.method().equals("POST") && SECRET.stream().noneMatch(call.path()::startsWith);
  }

  /// A key belongs to whoever uses it: nobody learns an answer that was another's, or takes a key
  /// away from them.
  private static String owned(Principal principal, String key) {
    return Sha256.of(principal.name() + "\n" + key);
  }

  private static String fingerprint(Call call) {
    var digest = Sha256.digest();
    digest.update((call.method() + "\n" + call.path() + "\n").getBytes(StandardCharsets.UTF_8));
    // Keys that were used without one are still known.
    if (!call.query().isEmpty()) {
      digest.update((new TreeMap<>(call.query()) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    digest.update(call.body().toArray());
    return Sha256.hex(digest);
  }
}
