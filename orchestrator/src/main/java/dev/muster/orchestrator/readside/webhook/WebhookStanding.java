package dev.muster.orchestrator.readside.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.journal.jdbc.Rows;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// How far a webhook is. Of its address the host alone is told: the rest may be as good as a key.
///
/// @param kinds what it is told of; none for everything
/// @param waiting deliveries that it has not taken yet
/// @param failing whether one of those was tried before
/// @param since when the first of them was put there; null when none waits
/// @param problem why the last try of the node that answers failed; null when it did not
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WebhookStanding(
    String name,
    String host,
    List<String> kinds,
    int waiting,
    boolean failing,
    @Nullable Instant since,
    @Nullable String problem) {
  public WebhookStanding {
    kinds = List.copyOf(kinds);
  }

  /// @throws IllegalStateException while the database does not answer
  static WebhookStanding of(DataSource database, WebhookTarget target, @Nullable String problem) {
    var found =
        Rows.of(database, "the outbox of webhooks")
            .one(
                "SELECT COUNT(*), COALESCE(MAX(tries), 0), COALESCE(MIN(since), -1)"
                    + " FROM webhook_delivery WHERE target = ?",
                row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                target.name());
    if (found == null) throw new IllegalStateException("a count is one row");
    return new WebhookStanding(
        target.name(),
        target.url().getHost(),
        target.kinds().stream().sorted().toList(),
        (int) found[0],
        found[1] > 1 || (problem != null && found[1] > 0),
        found[2] < 0 ? null : Instant.ofEpochMilli(found[2]),
        problem);
  }
}
