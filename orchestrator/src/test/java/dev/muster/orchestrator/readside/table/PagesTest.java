package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a page costs is counted, not timed: in blocks that PostgreSQL touches, in rows that H2
/// scans.
@ParameterizedClass
@EnumSource(Vendor.class)
@SuppressWarnings("NullAway.Init") // both are opened before anything else
class PagesTest {
  private static final int FEW = 1_000;
  private static final int MANY = 10 * FEW;

  /// So many rows are looked at here for one page.
  private static final int LOOKED_AT_MAX = FEW;

  private static final Pattern BLOCKS = Pattern.compile("Buffers: shared hit=(\\d+)");
  private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

  @TempDir private static Path folder;

  private static Database database;
  private static TablePages<WorkerProjection> workers;

  private final Vendor vendor;

  PagesTest(Vendor vendor) {
    this.vendor = vendor;
  }

  /// Nothing here changes them.
  @BeforeParameterizedClassInvocation
  static void open(Vendor vendor) throws SQLException, IOException {
    database = vendor.open(Files.createDirectory(folder.resolve(vendor.name())));
    workers = TablePages.workers(database.source()).lookingAt(LOOKED_AT_MAX);
    fill("run_few", FEW);
    fill("run_many", MANY);
    try (var connection = database.source().getConnection()) {
      // As a server does by itself after a while: rows of before an update are not looked at.
      Sql.update(connection, vendor == Vendor.H2 ? "ANALYZE" : "VACUUM ANALYZE", List.of());
    }
  }

  @AfterParameterizedClassInvocation
  static void close() {
    database.close();
  }

  private static void fill(String run, int count) throws SQLException {
    try (var connection = database.source().getConnection()) {
      WorkerRow.insert(connection, run, crew(count));
      Sql.update(
          connection,
          "UPDATE worker SET settled_at = 1000 + place, started_at = place,"
              + " phase = CASE WHEN MOD(place, 5) = 0 THEN 'FAILED' ELSE 'COMPLETED' END"
              + " WHERE run = ?",
          List.of(run));
    }
  }

  private static List<WorkerProjection> crew(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new WorkerProjection(i, planned(id(i), 1 + i % 3)))
        .toList();
  }

  private static String id(int i) {
    return "WORKER_%06d".formatted(i);
  }

  @Test
  void aPageOfManyCostsNoMoreThanOneOfFew() throws SQLException {
    for (var sort : List.of("id", "wave", "settled_at", "started_at")) {
      for (var descending : List.of(false, true)) {
        assertCost(sort, descending, List.of());
      }
    }
    assertCost("wave", false, List.of(Condition.fixed("phase", "FAILED")));
    assertCost("wave", true, List.of(Condition.fixed("phase", "FAILED")));
  }

  /// In the middle of the list, where whoever counts from the beginning has counted longest.
  private void assertCost(String sort, boolean descending, List<Condition> conditions)
      throws SQLException {
    var few = cost(selection("run_few", FEW, sort, descending, conditions));
    var many = cost(selection("run_many", MANY, sort, descending, conditions));
    assertThat(many)
        .as("by %s, descending %s, %s; few cost %d", sort, descending, conditions, few)
        .isLessThan(2 * few + 20);
  }

  private static Selection selection(
      String run, int count, String sort, boolean descending, List<Condition> conditions) {
    var all = new ArrayList<Condition>();
    all.add(Condition.fixed("run", run));
    all.addAll(conditions);
    var middle = count / 2;
    Object value =
        switch (sort) {
          case "wave" -> 2;
          case "settled_at" -> 1_000L + middle;
          case "started_at" -> (long) middle;
          default -> id(middle);
        };
    return new Selection(all, sort, descending, new After(value, id(middle)), 50);
  }

  private long cost(Selection selection) throws SQLException {
    var questions = new ArrayList<TablePages.Question>();
    var piece = workers.page(selection, questions::add);
    assertThat(piece.items()).hasSizeLessThanOrEqualTo(selection.limit());
    try (var connection = database.source().getConnection()) {
      var sum = 0L;
      for (var question : questions) sum += cost(connection, question);
      return sum;
    }
  }

  private long cost(Connection connection, TablePages.Question question) throws SQLException {
    var explain =
        vendor == Vendor.H2 ? "EXPLAIN ANALYZE " : "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ";
    var plan =
        String.join(
            "\n",
            Sql.all(
                connection,
                explain + question.sql(),
                row -> row.getString(1),
                question.arguments()));
    var found = (vendor == Vendor.H2 ? SCANNED : BLOCKS).matcher(plan);
    assertThat(found.find()).as(plan).isTrue();
    return Long.parseLong(found.group(1));
  }

  /// As each batch of the tail asks for them.
  @Test
  void someOfManyAreFoundWithoutLookingAtTheOthers() throws SQLException {
    var ids = IntStream.range(0, 150).mapToObj(i -> id(i * 6)).toList();
    try (var connection = database.source().getConnection()) {
      assertThat(WorkerRow.find(connection, "run_many", ids)).hasSize(150);
      var few = cost(connection, found(connection, "run_few", ids));
      var many = cost(connection, found(connection, "run_many", ids));
      assertThat(many).as("few cost %d", few).isLessThan(2 * few + 20);
      if (vendor == Vendor.H2) assertThat(many).isLessThan(200);
    }
  }

  /// A run that goes on is longer than a server knows that counts its tables now and then.
  @Test
  void someAreFoundInARunThatHasJustBegun() throws SQLException {
    var ids = IntStream.range(0, 15).mapToObj(i -> id(i * 60)).toList();
    try (var connection = database.source().getConnection()) {
      var counted = cost(connection, found(connection, "run_few", ids));
      connection.setAutoCommit(false);
      WorkerRow.insert(connection, "run_new", crew(MANY));
      var uncounted = cost(connection, found(connection, "run_new", ids));
      connection.rollback();
      assertThat(uncounted).as("counted cost %d", counted).isLessThan(4 * counted);
    }
  }

  private static TablePages.Question found(Connection connection, String run, List<String> ids)
      throws SQLException {
    return new TablePages.Question(
        WorkerRow.findSql(connection, ids.size()), Sql.keys(connection, run, ids));
  }

  @Test
  void pagesJoinWithoutLossOrRepetitionInEveryOrder() {
    for (var sort : List.of("id", "wave", "settled_at", "title", "phase", "node", "weak")) {
      for (var descending : List.of(false, true)) {
        var seen = new ArrayList<String>();
        After after = null;
        List<Found<WorkerProjection>> page;
        do {
          var mine = List.of(Condition.fixed("run", "run_few"));
          page = workers.page(new Selection(mine, sort, descending, after, 170)).items();
          page.forEach(found -> seen.add(found.item().planned().id()));
          if (!page.isEmpty()) after = page.getLast().at();
        } while (page.size() == 170);
        assertThat(seen).as("by %s", sort).hasSize(FEW).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void whatHasNoIndexIsFilteredPieceByPieceAndNothingIsMissed() {
    for (var sort : List.of("id", "wave", "settled_at")) {
      for (var descending : List.of(false, true)) {
        assertThat(
                byFilter(Condition.of("place >= ? AND place < ?", 4_100, 4_600), sort, descending))
            .as("by %s, descending %s", sort, descending)
            .hasSize(500)
            .doesNotHaveDuplicates();
      }
    }
    assertThat(byFilter(Condition.of("place < 0"), "wave", false)).isEmpty();
  }

  /// All that fit, page by page.
  private List<String> byFilter(Condition filter, String sort, boolean descending) {
    var seen = new ArrayList<String>();
    After after = null;
    do {
      var conditions = List.of(Condition.fixed("run", "run_many"), filter);
      var piece = workers.page(new Selection(conditions, sort, descending, after, 170));
      piece.items().forEach(found -> seen.add(found.item().planned().id()));
      after = piece.goesOn();
      if (after == null && piece.items().size() == 170) after = piece.items().getLast().at();
    } while (after != null);
    return seen;
  }

  @Test
  void aFilterThatFitsNobodyLooksAtSoManyAndNoMore() throws SQLException {
    for (var sort : List.of("id", "wave", "settled_at")) {
      for (var after : new Boolean[] {false, true}) {
        var begin = selection("run_many", MANY, sort, false, List.of(Condition.of("attempt > 7")));
        var cost = cost(after ? begin : new Selection(begin.conditions(), sort, false, null, 50));
        // Twice: once to see how far to look, and once to look.
        assertThat(cost).as("by %s", sort).isLessThan(2 * LOOKED_AT_MAX + 200);
      }
    }
  }

  @Test
  void whatHasNoIndexIsSortedWhereThereAreNotMany() {
    for (var sort : List.of("title", "attempt", "node")) {
      var few = new Selection(List.of(Condition.fixed("run", "run_few")), sort, false, null, 50);
      assertThat(workers.page(few).items()).hasSize(50);
      var many = new Selection(List.of(Condition.fixed("run", "run_many")), sort, false, null, 50);
      assertThatThrownBy(() -> workers.page(many))
          .isInstanceOfSatisfying(
              TooManyToSortException.class,
              e ->
                  assertThat(e.sorts())
                      .containsExactlyInAnyOrder("id", "wave", "started_at", "settled_at"));
    }
  }

  @Test
  void fewOfManyAreSortedByAnything() {
    var phase = Condition.fixed("phase", "RUNNING");
    var few =
        new Selection(List.of(Condition.fixed("run", "run_many"), phase), "title", false, null, 50);
    assertThat(workers.page(few).items()).isEmpty();
  }

  @Test
  void someByTheirIdsCostWhatTheyAre() throws SQLException {
    var ids = Condition.ids(List.of(id(7), id(900), "nobody"));
    for (var sort : List.of("id", "wave", "title")) {
      var selection =
          new Selection(List.of(Condition.fixed("run", "run_many"), ids), sort, true, null, 50);
      assertThat(workers.page(selection).items()).hasSize(2);
      assertThat(cost(selection)).isLessThan(40);
    }
  }
}
