package dev.muster.node.executor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sql.Relay;
import dev.muster.node.sql.SqlDoor;
import dev.muster.node.sql.SqlFixture;
import dev.muster.node.tools.SqlTool;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Unknown;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.AgentStep.Kind;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.Stepped;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.testkit.model.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model that asks a real database, and changes it where somebody lets it.
@NeedsSandbox
class AgentSqlTest {
  private static final List<String> NAMED = List.of("CAN use: sql_orders");
  private static final String UPDATE = "UPDATE t SET name = name || ? WHERE id = 1";

  @TempDir Path folder;
  private final SqlFixture database = new SqlFixture();
  private AgentScene scene;

  @BeforeEach
  void open() throws Exception {
    open(database.door());
  }

  private void open(SqlDoor door) throws Exception {
    if (scene != null) scene.close();
    var tools = new ArrayList<>(TestTools.ALL);
    tools.addAll(SqlTool.of(List.of(door), NAMED));
    scene = new AgentScene(folder, AgentLimits.STANDARD, tools);
    scene.server.otherwise(_ -> AgentScene.finish());
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  private static Turn sql(String statement, String parameters) {
    return Turn.call(
        "sql",
        "{\"source\":\"orders\",\"statement\":\"%s\",\"parameters\":[%s]}"
            .formatted(statement, parameters));
  }

  private List<String> told() {
    return AgentScene.messages(scene.server.received().getLast()).stream()
        .filter(it -> it.path("role").asText().equals("tool"))
        .map(it -> it.path("content").asText())
        .toList();
  }

  private String name() {
    return database.one("SELECT name FROM t WHERE id = 1");
  }

  @Test
  void aQueryIsAnsweredAtOnceAndNobodyIsAsked() {
    scene.server.script(
        sql("SELECT id, name FROM t WHERE name = ?", "\"one\""),
        sql("SELECT nme FROM t", ""),
        sql("SELECT 1; DELETE FROM t", ""),
        Turn.call("sql", "{\"source\":\"payroll\",\"statement\":\"SELECT 1\"}"),
        AgentScene.write("two"));
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    assertThat(told().get(0)).contains("[\"1\",\"one\"]", "=== 1 row");
    assertThat(told().get(1)).contains("42703");
    assertThat(told().get(2)).contains("a call for each");
    assertThat(told().get(3)).contains("`source` must be one of orders");
    assertThat(scene.it.gate.claims).isEmpty();
  }

  @Test
  void whatMayChangeSomethingIsShownAsItIsAndDoneOnce() {
    scene.it.gate.remember().answer(new Pending("apr_1"));
    scene.server.script(sql(UPDATE, "\" more\""), AgentScene.write("two"));
    var instruction = scene.instruction();
    var asked = (NeedsDecision) scene.it.end(instruction);
    assertThat(asked.kind()).isEqualTo("database_change");
    assertThat(name()).isEqualTo("one");

    var reports = scene.it.reports(instruction, asked.frozen());
    assertThat(reports.getLast()).isInstanceOf(Succeeded.class);
    assertThat(name()).isEqualTo("one more");
    assertThat(told().getFirst()).isEqualTo("=== done; rows changed: 1");
    var request = scene.it.gate.claims.getFirst();
    assertThat(request.script())
        .contains("source orders at", "-- parameters: [\" more\"]\n" + UPDATE + "\n");
    assertThat(request.risk()).isEqualTo(Risk.ADMIN);
    assertThat(request.network()).isTrue();
    assertThat(request.consequence()).contains("have the database orders");
    assertThat(scene.it.gate.claims).extracting(it -> it.digest()).containsOnly(request.digest());
    assertThat(scene.it.gate.outcomes).hasSize(1);
    var everything =
        scene.server.received().toString() + reports + scene.it.gate.claims + scene.it.logs;
    assertThat(everything).doesNotContain(SqlFixture.PASSWORD);
  }

  @Test
  void whatFailsIsToldAndHasNotHappened() {
    scene.server.script(
        sql("INSERT INTO t VALUES (1, 'again')", ""),
        sql("INSERT INTO t VALUES (2, 'two') RETURNING id", ""),
        AgentScene.write("two"));
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    assertThat(told().get(0)).contains("duplicate key", "23505");
    assertThat(told().get(1)).contains("[\"2\"]");
    assertThat(scene.it.gate.outcomes)
        .extracting(it -> it.result().exitCode())
        .containsExactly(1, 0);
  }

  /// Nothing was begun while it was away: nobody is asked twice, and it is done once.
  @Test
  void aSourceThatIsAwayDoesNotUseUpTheLeaveForAStatement() throws Exception {
    try (var relay = new Relay(database.url)) {
      open(database.behind(relay.url(), Duration.ofSeconds(10)));
      scene.it.gate.grant().grantAfter(relay::open);
      scene.server.script(sql(UPDATE, "\"!\""), AgentScene.write("two"));
      assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    }
    assertThat(name()).isEqualTo("one!");
    assertThat(scene.it.gate.calls).containsExactly("claim", "restore", "claim", "record");
    assertThat(scene.it.gate.claims)
        .extracting(it -> it.digest())
        .hasSize(2)
        .containsOnly(scene.it.gate.claims.getFirst().digest());
    assertThat(told().getFirst()).isEqualTo("=== done; rows changed: 1");
    assertThat(scene.it.logs.toString()).contains("nothing was begun, and the leave for it holds");
  }

  @Test
  void aSourceThatStaysAwayIsToldPlainlyAndAskedAboutAnew() throws Exception {
    try (var relay = new Relay(database.url)) {
      open(database.behind(relay.url(), Duration.ofSeconds(1)));
      scene.server.script(sql(UPDATE, "\"!\""), AgentScene.write("two"));
      assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    }
    assertThat(name()).isEqualTo("one");
    assertThat(told().getFirst())
        .contains("cannot be reached", "nothing of it has happened", "asked about anew");
    assertThat(scene.it.gate.calls).startsWith("claim", "restore", "claim").endsWith("record");
    assertThat(scene.it.gate.outcomes.getFirst().result().exitCode()).isEqualTo(1);
  }

  @Test
  void whoDecidesHearsWhyAndHowItIsFoundOutAfterACrash() {
    scene.server.script(
        Turn.call(
            "sql",
            "{\"source\":\"orders\",\"statement\":\"DELETE FROM t\",\"why\":\"they\\nare old\"}"),
        AgentScene.write("two"));
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    var asked = scene.it.gate.claims.getFirst();
    assertThat(asked.why()).isEqualTo("they are old");
    var bound = requireNonNull(asked.bound());
    assertThat(bound.afterCrash()).isEqualTo("the database itself");
    assertThat(bound.covers())
        .contains(
            "target: nothing of it can be read, since a statement for a database reads no files");
  }

  /// It was committed, and its node ended before anybody heard.
  @Test
  void whatWasCommittedIsNotRepeated() throws Exception {
    scene.server.script(sql(UPDATE, "\"!\""), AgentScene.write("two"));
    endAt(step -> step.kind() == Kind.OUTCOME);
    assertThat(name()).isEqualTo("one!");

    scene.it.gate.answer(new Unknown("apr_1", scene.it.attempts, "node-z#1"));
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    assertThat(name()).isEqualTo("one!");
    assertThat(told().getFirst()).contains("committed before, exactly once");
    assertThat(scene.it.gate.outcomes.getLast().checked()).isTrue();
  }

  /// It was begun, and its node ended before it could be done.
  @Test
  void whatWasRolledBackIsDoneByTheLeaveThatThereIs() throws Exception {
    scene.server.script(sql(UPDATE, "\"!\""), AgentScene.write("two"));
    var intents = new ArrayList<AgentStep>();
    endAt(step -> {
      if (step.kind() == Kind.INTENT) intents.add(step);
      if (intents.size() < 2) return false;
      scene.it.progress = scene.it.progress.after(step);
      return true;
    });
    assertThat(name()).isEqualTo("one");

    scene.it.gate.answer(new Unknown("apr_1", scene.it.attempts, "node-z#1"));
    assertThat(scene.it.end(scene.instruction())).isInstanceOf(Succeeded.class);
    assertThat(scene.it.gate.calls).contains("restore").doesNotContain("askAgain");
    assertThat(name()).isEqualTo("one!");
  }

  /// Ends the attempt at a step that the journal never gets.
  private void endAt(Predicate<AgentStep> end) {
    scene.it.execute(scene.instruction(), ++scene.it.attempts, 1, 1);
    while (true) {
      var report = scene.it.next();
      if (report.report() instanceof Stepped(var step)) {
        if (end.test(step)) break;
        scene.it.progress = scene.it.progress.after(step);
      }
      report.replyTo().tell(Done.getInstance());
    }
    scene.it.executor.tell(
        new Executor.Cancel(SandboxFixture.RUN + "/WORKER_001", scene.it.attempts));
    await().until(() -> scene.it.occupancy().busyShards().isEmpty());
    while (true) {
      try {
        scene.it.worker.expectNoMessage(Duration.ofMillis(1));
        return;
      } catch (AssertionError _) {
        // What was said again meanwhile.
      }
    }
  }

  @Test
  void onlyWhatBoundariesNameIsOffered() {
    assertThat(names(List.of())).isEmpty();
    assertThat(names(List.of("CAN use: sql, sql_orders2"))).isEmpty();
    assertThat(names(List.of("CAN use: `sql_orders`", "CANNOT use: sql_orders"))).isEmpty();
    assertThat(names(List.of("Agents must never use sql_orders"))).isEmpty();
    assertThat(names(List.of("Data lies in sql_orders"))).isEmpty();
    assertThat(names(List.of("CAN use: sql_orders", "You don't touch sql_orders"))).isEmpty();
    assertThat(names(NAMED)).containsExactly("sql");
  }

  private List<String> names(List<String> boundaries) {
    return SqlTool.of(List.of(database.door()), boundaries).stream()
        .map(it -> it.spec().name())
        .toList();
  }
}
