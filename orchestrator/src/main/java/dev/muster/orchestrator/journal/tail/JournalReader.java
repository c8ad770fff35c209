package dev.muster.orchestrator.journal.tail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Reads the journal by plain SQL. Events are read in bounded pages, so that no run is too long for
/// the heap. Every method throws `JournalException` when the database cannot answer.
public final class JournalReader {
  private static final int PAGE_ROWS = 1_000;
  private static final int IDS_PER_QUERY = 200;

  /// Most have few events, and all of them come at once.
  private static final int PAGE_ROWS_OF_MANY = 4_000;

  /// How far a page of a run is looked for before it is asked where the events of the run end:
  /// those of a run that goes on are close together, and behind those of an old one come all the
  /// others.
  private static final long LOOKED_THROUGH = 20_000;

  private static final String OF_RUN =
      """
      "ordering" > ? AND "ordering" <= ? AND ("persistence_id" IN (?, ?, ?) OR "persistence_id" LIKE ? ESCAPE '!'
        OR "persistence_id" LIKE ? ESCAPE '!')
      ORDER BY "ordering" LIMIT ?\
      """;

  private final JournalQuery query;
  private final long lookedThrough;

  public JournalReader(DataSource database) {
    this(database, LOOKED_THROUGH);
  }

  JournalReader(DataSource database, long lookedThrough) {
    this.query = new JournalQuery(database);
    this.lookedThrough = lookedThrough;
  }

  /// Where the journal ends now; 0 when it is empty.
  public long newest() {
    return query
        .select("SELECT MAX(\"ordering\") FROM \"event_journal\"", row -> row.getLong(1))
        .getFirst();
  }

  /// Events of one run, its gate and its workers in the order of the journal.
  ///
  /// @param untilSeq whoever goes on after the last of them names an event up to which the journal
  ///   is complete, or what becomes visible later is missed
  public List<JournalRow> ofRun(String run, long afterSeq, long untilSeq, int limit) {
    var after = afterSeq > 0 ? afterSeq : started(run) - 1;
    if (untilSeq - after <= lookedThrough) return between(run, after, untilSeq, limit);
    var near = after + lookedThrough;
    var found = between(run, after, near, limit);
    if (found.size() == limit) return found;
    var end = Math.min(untilSeq, newest(run));
    if (end <= near) return found;
    var all = new ArrayList<>(found);
    all.addAll(between(run, near, end, limit - found.size()));
    return all;
  }

  private List<JournalRow> between(String run, long afterSeq, long untilSeq, int limit) {
    return query.events(
        OF_RUN,
        afterSeq,
        untilSeq,
        Origin.run(run).persistenceId(),
        Origin.gate(run).persistenceId(),
        Origin.commons(run, null).persistenceId(),
        JournalQuery.prefix(Origin.Kind.WORKER.prefix() + run + "/"),
        JournalQuery.prefix(Origin.Kind.COMMONS.prefix() + run + "/"),
        limit);
  }

  /// The last event of a run, its gate and its workers; 0 where there is none. One condition at a
  /// time: there is an index for each, and none for two of them.
  private long newest(String run) {
    var newest = 0L;
    for (var origin : List.of(Origin.run(run), Origin.gate(run), Origin.commons(run, null))) {
      newest = Math.max(newest, newest("= ?", origin.persistenceId()));
    }
    for (var kind : List.of(Origin.Kind.WORKER, Origin.Kind.COMMONS)) {
      var prefix = JournalQuery.prefix(kind.prefix() + run + "/");
      newest = Math.max(newest, newest("LIKE ? ESCAPE '!'", prefix));
    }
    return newest;
  }

  private long newest(String which, String persistenceId) {
    // Of the number itself PostgreSQL looks for the greatest from the end of the journal.
    var sql =
        "SELECT MAX(\"ordering\" + 0) FROM \"event_journal\" WHERE \"persistence_id\" " + which;
    return query.select(sql, row -> row.getLong(1), persistenceId).getFirst();
  }

  /// Events that one origin persisted, in order, beginning after its event of that number.
  public List<JournalRow> of(Origin origin, long afterNumber, int limit) {
    return query.events(
        // Both columns, or H2 does not see that the primary key is in that order already.
        """
        "persistence_id" = ? AND "sequence_number" > ?
        ORDER BY "persistence_id", "sequence_number" LIMIT ?\
        """,
        origin.persistenceId(),
        afterNumber,
        limit);
  }

  /// Every event of these origins; in order for each of them, in no order among them. This goes by
  /// the primary key, so it does not matter how much else the journal holds.
  public void eachOf(List<Origin> origins, Consumer<JournalRow> consumer) {
    for (var from = 0; from < origins.size(); from += IDS_PER_QUERY) {
      some(origins.subList(from, Math.min(origins.size(), from + IDS_PER_QUERY)), consumer);
    }
  }

  /// A page that is full may end within the events of an origin: the rest of those comes next.
  private void some(List<Origin> origins, Consumer<JournalRow> consumer) {
    var left = new LinkedHashMap<String, Origin>();
    origins.forEach(it -> left.put(it.persistenceId(), it));
    while (left.size() > 1) {
      var page = query.eventsOf(List.copyOf(left.keySet()), PAGE_ROWS_OF_MANY);
      page.forEach(consumer);
      if (page.size() < PAGE_ROWS_OF_MANY) return;
      page.forEach(row -> left.remove(row.origin().persistenceId()));
      eachOf(page.getLast().origin(), page.getLast().number(), consumer);
    }
    left.values().forEach(it -> eachOf(it, consumer));
  }

  public void eachOf(Origin origin, Consumer<JournalRow> consumer) {
    eachOf(origin, 0, consumer);
  }

  private void eachOf(Origin origin, long afterNumber, Consumer<JournalRow> consumer) {
    var after = afterNumber;
    List<JournalRow> page;
    do {
      page = of(origin, after, PAGE_ROWS);
      page.forEach(consumer);
      if (!page.isEmpty()) after = page.getLast().number();
    } while (page.size() == PAGE_ROWS);
  }

  /// Events of all runs in the order of the journal. One that cannot be decoded is [Unreadable],
  /// since it is no reason to say nothing of the other runs.
  public List<JournalRow> ofAll(long afterSeq, long untilSeq, int limit) {
    return query.select(
        JournalQuery.EVENTS
            + "\"ordering\" > ? AND \"ordering\" <= ? ORDER BY \"ordering\" LIMIT ?",
        JournalQuery::told,
        afterSeq,
        untilSeq,
        limit);
  }

  /// Run ids, newest first: they sort by time.
  ///
  /// @param before the last id of the page before; null begins with the newest
  public List<String> runs(@Nullable String before, int limit) {
    var arguments = new ArrayList<Object>(List.of(JournalQuery.prefix(Origin.Kind.RUN.prefix())));
    if (before != null) arguments.add(Origin.run(before).persistenceId());
    arguments.add(limit);
    return query.select(
        """
        SELECT "persistence_id" FROM "event_journal"
        WHERE "persistence_id" LIKE ? ESCAPE '!' AND "sequence_number" = 1 %s
        ORDER BY "persistence_id" DESC LIMIT ?\
        """
            .formatted(before == null ? "" : "AND \"persistence_id\" < ?"),
        row -> row.getString(1).substring(Origin.Kind.RUN.prefix().length()),
        arguments.toArray());
  }

  /// Ids of runs that have not finished, or were reopened since, oldest first.
  public List<String> unfinished() {
    return query.select(
        """
        SELECT "run"."persistence_id" FROM "event_journal" "run"
        WHERE "run"."persistence_id" LIKE ? ESCAPE '!' AND "run"."sequence_number" = 1
        AND COALESCE((
            SELECT "last"."event_ser_manifest" FROM "event_journal" "last"
            WHERE "last"."persistence_id" = "run"."persistence_id"
            AND "last"."event_ser_manifest" IN ('RunFinished', 'WorkersReopened')
            ORDER BY "last"."persistence_id" DESC, "last"."sequence_number" DESC LIMIT 1), '')
          <> 'RunFinished'
        ORDER BY "run"."persistence_id\"\
        """,
        row -> row.getString(1).substring(Origin.Kind.RUN.prefix().length()),
        JournalQuery.prefix(Origin.Kind.RUN.prefix()));
  }

  /// How many events an origin has persisted; 0 for one that the journal does not know.
  public long lastNumber(Origin origin) {
    var found =
        query.select(
            """
            SELECT "sequence_number" FROM "event_journal" WHERE "persistence_id" = ?
            ORDER BY "persistence_id" DESC, "sequence_number" DESC LIMIT 1\
            """,
            row -> row.getLong(1),
            origin.persistenceId());
    return found.isEmpty() ? 0 : found.getFirst();
  }

  private long started(String run) {
    var found =
        query.select(
            """
            SELECT "ordering" FROM "event_journal"
            WHERE "persistence_id" = ? AND "sequence_number" = 1\
            """,
            row -> row.getLong(1),
            Origin.run(run).persistenceId());
    return found.isEmpty() ? 0 : found.getFirst();
  }
}
