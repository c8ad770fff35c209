package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.orchestrator.journal.storage.RunRows;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunEvent.RunTagged;
import dev.muster.protocol.view.RunView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs are found by their tags, and nothing looks through all runs for it.
@ParameterizedClass
@EnumSource(Vendor.class)
@SuppressWarnings("NullAway.Init") // both are opened before anything else
class TaggedRunsTest {
  private final Vendor vendor;
  private Journal journal;
  private RunViews views;

  TaggedRunsTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    journal = new Journal(vendor.open(folder));
    views = ReadSide.of(journal.database(), journal::now).runs();
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private RunCreated created(String run, String... tags) {
    var it = journal.created(planned("WORKER_001", 1));
    return new RunCreated(
        run, Objects.requireNonNull(it.plan()), it.settings().withTags(List.of(tags)), it.at());
  }

  private void begun(String run, String... tags) {
    journal.write(Origin.run(run), created(run, tags));
  }

  private List<String> found(Condition... conditions) {
    return page("id", null, conditions).items().stream().map(it -> it.item().id()).toList();
  }

  private Piece<RunView> page(String sort, @Nullable After after, Condition... conditions) {
    return views.page(new Selection(List.of(conditions), sort, true, after, 50));
  }

  @Test
  void aTagIsFoundAsItIsAndByItsKeyWithoutRegardToCapitals() {
    begun("run_0001", "nightly", "team=Red");
    begun("run_0002", "team=blue");
    begun("run_0003");
    assertThat(found(RunViews.tagged("team"))).containsExactly("run_0002", "run_0001");
    assertThat(found(RunViews.tagged("TEAM=red"))).containsExactly("run_0001");
    assertThat(found(RunViews.tagged("nightly"), RunViews.tagged("team=blue"))).isEmpty();
    assertThat(found(RunViews.tagged("nightly"), RunViews.tagged("team"))).hasSize(1);
    assertThat(found(RunViews.tagged("team"), Condition.fixed("phase", "COMPLETED"))).isEmpty();
    assertThat(page("started_at", null, RunViews.tagged("team")).items()).hasSize(2);
    assertThat(Objects.requireNonNull(views.run("run_0001")).settings().tags())
        .containsExactly("nightly", "team=Red");

    ReadSide.of(journal.database(), journal::now).tail().rebuild(RunsReader.NAME);
    assertThat(found(RunViews.tagged("team"))).as("built anew").hasSize(2);
    new RunRows(journal.database()).deleteLast("run_0001", "Run|run_0001");
    assertThat(found(RunViews.tagged("team"))).containsExactly("run_0002");
  }

  @Test
  void aRunIsFoundByTheTagsItHasNowAlsoWhenAllIsBuiltAnew() {
    begun("run_0001", "nightly", "team=Red");
    journal.write(
        Origin.run("run_0001"),
        new RunTagged(List.of("keep", "Team=blue"), List.of("NIGHTLY"), "me", journal.now()),
        new RunTagged(List.of("team=BLUE"), List.of("team=red"), "me", journal.now()));
    for (var anew : List.of(false, true)) {
      if (anew) ReadSide.of(journal.database(), journal::now).tail().rebuild(RunsReader.NAME);
      assertThat(found(RunViews.tagged("nightly"))).isEmpty();
      assertThat(found(RunViews.tagged("team=red"))).isEmpty();
      assertThat(found(RunViews.tagged("team=blue"), RunViews.tagged("keep"))).hasSize(1);
      assertThat(Objects.requireNonNull(views.run("run_0001")).settings().tags())
          .containsExactly("keep", "Team=blue");
    }
  }

  @Test
  void thereAreNeverMoreThanARunMayHave() {
    var many = IntStream.range(0, 30).mapToObj(i -> "t" + i).toList();
    assertThat(Tags.changed(List.of("first"), many, List.of("t0")))
        .hasSize(Tags.PER_RUN_MAX)
        .startsWith("first", "t1");
  }

  @Test
  void manyAreLookedAtAThousandAtATimeByTheIndex() throws Exception {
    var many = 1_200;
    try (var connection = journal.database().getConnection()) {
      for (var i = 1; i <= many; i++) {
        var it = created("run_%04d".formatted(i), "team=red");
        RunRow.insert(
            connection, new RunProjection(it.run(), it, Objects.requireNonNull(it.plan())));
      }
    }
    var red = RunViews.tagged("team=red");
    var all = new ArrayList<String>();
    After after = null;
    for (var pages = 0; pages < 30; pages++) {
      var piece = page("id", after, red);
      piece.items().forEach(it -> all.add(it.item().id()));
      if (piece.items().size() < 50) break;
      after = piece.items().getLast().at();
    }
    assertThat(all)
        .isEqualTo(
            IntStream.rangeClosed(1, many)
                .mapToObj(i -> "run_%04d".formatted(many + 1 - i))
                .toList());
    var rare = page("id", null, red, Condition.fixed("phase", "COMPLETED"));
    assertThat(rare.items()).isEmpty();
    assertThat(rare.goesOn()).as("a thousand have been looked at").isNotNull();
    assertThatThrownBy(() -> page("started_at", null, red))
        .isInstanceOf(TooManyToSortException.class);

    try (var connection = journal.database().getConnection()) {
      Sql.update(connection, vendor == Vendor.H2 ? "ANALYZE" : "ANALYZE run_tag", List.of());
      var plan =
          String.join(
              "\n",
              Sql.all(
                  connection,
                  "EXPLAIN SELECT run FROM run_tag WHERE tag = 'team=green' ORDER BY tag DESC, run"
                      + " DESC LIMIT 1001",
                  row -> row.getString(1),
                  List.of()));
      assertThat(plan).doesNotContainIgnoringCase("tableScan").doesNotContain("Seq Scan");
    }
  }

  @Test
  void whatIsNoTagIsRefusedInWords() {
    assertThat(Tags.problem(List.of("nightly", "team=red", "a.b/c-d=1:2"))).isNull();
    for (var bad : List.of("", "a b", "a,b", "=x", "x=", "a=b=c", "<b>", "x".repeat(70))) {
      assertThat(Tags.problem(List.of(bad))).as(bad).contains("key=value");
    }
    assertThat(Tags.problem(IntStream.range(0, 21).mapToObj(i -> "t" + i).toList()))
        .contains("at most 20");
  }
}
