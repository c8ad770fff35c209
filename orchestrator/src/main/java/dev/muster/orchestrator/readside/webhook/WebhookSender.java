package dev.muster.orchestrator.readside.webhook;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties the outbox: of each run only the first that waits, so that a run is told in order, and
/// one whose turn fails holds up no other run. Claimed before it is sent, so that of several nodes
/// one sends; told at least once, and known again by its `seq`.
public final class WebhookSender implements AutoCloseable {
  static final Duration GIVE_UP = Duration.ofHours(24);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  /// Longer than an answer may take: nobody else tries meanwhile.
  private static final Duration CLAIM = Duration.ofSeconds(30);

  private static final Duration BACK_OFF_MAX = Duration.ofMinutes(10);
  private static final int AT_ONCE = 20;
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

  private final DataSource database;
  private final WebhookTarget target;
  private final InstantSource clock;
  private final Duration answerMax;

  /// Follows no redirect: it goes where the settings say, and nowhere else.
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(ANSWER_MAX)
          .build();

  private volatile boolean closing;

  /// Why the last of this node's tries failed; null when it did not, or there was none.
  private volatile @Nullable String last;

  private record Delivery(long seq, String body, int tries, long since) {}

  public WebhookSender(DataSource database, WebhookTarget target, InstantSource clock) {
    this(database, target, clock, ANSWER_MAX);
  }

  WebhookSender(
      DataSource database, WebhookTarget target, InstantSource clock, Duration answerMax) {
    this.answerMax = answerMax;
    this.database = database;
    this.target = target;
    this.clock = clock;
  }

  public WebhookSender start() {
    Thread.ofPlatform().daemon().name("webhook-" + target.name()).start(this::follow);
    return this;
  }

  private void follow() {
    while (!closing) {
      try {
        if (!round()) pause();
      } catch (SQLException | RuntimeException e) {
        if (!closing)
          LOG.warn("the outbox of the webhook {} cannot be read: {}", target.name(), e.toString());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sends what is due.
  ///
  /// @return whether anything was told
  boolean round() throws SQLException {
    var told = false;
    for (var delivery : due()) {
      if (closing) return false;
      if (claimed(delivery)) told |= send(delivery);
    }
    return told;
  }

  private List<Delivery> due() throws SQLException {
    try (var connection = database.getConnection()) {
      return Sql.all(
          connection,
          "SELECT seq, body, tries, since FROM webhook_delivery d WHERE target = ? AND due_at <= ?"
              + " AND NOT EXISTS (SELECT 1 FROM webhook_delivery e WHERE e.target = d.target"
              + " AND e.run = d.run AND e.seq < d.seq)"
              + " ORDER BY seq LIMIT "
              + AT_ONCE,
          row -> new Delivery(row.getLong(1), row.getString(2), row.getInt(3), row.getLong(4)),
          List.of(target.name(), clock.millis()));
    }
  }

  private boolean claimed(Delivery it) throws SQLException {
    return update(
            "UPDATE webhook_delivery SET due_at = ?, tries = tries + 1 WHERE target = ? AND seq = ?"
                + " AND tries = ?",
            clock.millis() + CLAIM.toMillis(),
            target.name(),
            it.seq(),
            it.tries())
        == 1;
  }

  private boolean send(Delivery it) throws SQLException {
    var problem = post(it);
    last = problem;
    if (problem == null) {
      remove(it);
      return true;
    }
    var isOver = clock.millis() - it.since() > GIVE_UP.toMillis();
    LOG.warn(
        "the webhook {} was not told of event {} ({}); {}",
        target.name(),
        it.seq(),
        problem,
        isOver ? "given up after a day" : "tried again later");
    if (isOver) {
      remove(it);
    } else {
      var later = clock.millis() + backOff(it.tries()).toMillis();
      update(
          "UPDATE webhook_delivery SET due_at = ? WHERE target = ? AND seq = ?",
          later,
          target.name(),
          it.seq());
    }
    return false;
  }

  static Duration backOff(int failuresBefore) {
    var wait = Duration.ofSeconds(1L << Math.min(failuresBefore, 20));
    return wait.compareTo(BACK_OFF_MAX) < 0 ? wait : BACK_OFF_MAX;
  }

  /// Java keeps for 30 s what it has looked up, so that the client goes to the addresses that are
  /// judged here, unless those seconds end between the two.
  ///
  /// @return why it does not count as told; null when it does
  private @Nullable String post(Delivery it) {
    try {
      for (var address : InetAddress.getAllByName(target.url().getHost())) {
        var no = target.refusal(address);
        if (no != null) return no;
      }
      var at = clock.millis() / 1_000;
      var request =
          HttpRequest.newBuilder(target.url())
              .timeout(answerMax)
              .header("Content-Type", "application/json")
              .header("Muster-Delivery", Long.toString(it.seq()))
              .header("Muster-Signature", target.signature(at, it.body()))
              .POST(HttpRequest.BodyPublishers.ofString(it.body()))
              .build();
      var status = status(request);
      return status / 100 == 2 ? null : "it answered " + status;
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (TimeoutException _) {
      return "its answer had not ended after " + answerMax.toMillis() + " ms";
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /// The timeout of a request ends with the headers of its answer, and a body may never end.
  private int status(HttpRequest request)
      throws ExecutionException, InterruptedException, TimeoutException {
    var answer = http.sendAsync(request, BodyHandlers.discarding());
    try {
      return answer.get(answerMax.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } finally {
      answer.cancel(true);
    }
  }

  private void remove(Delivery it) throws SQLException {
    update("DELETE FROM webhook_delivery WHERE target = ? AND seq = ?", target.name(), it.seq());
  }

  /// Asks the table, so that every node says the same but for the words.
  public WebhookStanding standing() {
    return WebhookStanding.of(database, target, last);
  }

  private int update(String sql, Object... arguments) throws SQLException {
    try (var connection = database.getConnection()) {
      return Sql.update(connection, sql, List.of(arguments));
    }
  }

  @Override
  public void close() {
    closing = true;
    http.shutdownNow();
  }
}
