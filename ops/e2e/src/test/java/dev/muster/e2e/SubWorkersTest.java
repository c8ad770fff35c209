package dev.muster.e2e;

import static dev.muster.e2e.ScriptedModel.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose sub-workers do its work, over the real node, which is killed in the middle.
@NeedsSandbox
class SubWorkersTest {
  @TempDir Path folder;
  private Muster muster;
  private Path workforce;
  private ScriptedModel model;
  private SiteAgents site;

  @BeforeEach
  void begin() throws IOException {
    muster =
        new Muster(folder)
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .with("MUSTER_ATTEMPTS_MAX", "1");
    workforce = SiteAgents.workforce(folder.resolve("workforce"));
    model = new ScriptedModel();
    model.setUp(folder.resolve("config"));
    site = new SiteAgents(model);
  }

  @AfterEach
  void close() {
    model.close();
  }

  private String[] run(String approve) {
    var target = muster.target().toString();
    return new String[] {
      "run", workforce.toString(), "--no-input", "--approve", approve, "--target", target
    };
  }

  @Test
  void oneAsksTheOtherMendsAndAllOfItIsSeen() throws Exception {
    var held = muster.ask(run("none"));

    assertThat(held.exit()).as(held.toString()).isEqualTo(6);
    assertThat(muster.ask("approvals", "list").out()).contains(SiteAgents.MENU);
    assertThat(muster.ask("approve", "--all", "--yes").exit()).isZero();
    var ended = muster.ask("resume", "--no-input");

    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(muster.target().resolve(SiteAgents.LOG)).hasContent("menu");
    assertThat(site.asked(SiteAgents.MENU)).isEqualTo(3);
    assertThat(site.asked(SiteAgents.PARENT)).isEqualTo(3);
    assertThat(Journal.summary(muster).at("/results/conflictsTotal").asInt()).isZero();
    assertThat(muster.ask("workers", "show", "last/WORKER_001.2", "--conversation").out())
        .contains("It is not done", "  asked by WORKER_001");
    assertThat(muster.ask("workers", "list", "last", "--tree").out().lines())
        .anyMatch(it -> it.startsWith("WORKER_001 "))
        .anyMatch(it -> it.startsWith("└ WORKER_001.1 ") && it.contains("COMPLETED"))
        .anyMatch(it -> it.startsWith("└ WORKER_001.2 ") && it.contains("COMPLETED"));
    assertThat(muster.ask("workers", "list", "last", "--filter", "parent:WORKER_001", "-o", "name"))
        .extracting(Muster.Ended::out)
        .isEqualTo("WORKER_001.1\nWORKER_001.2\n");
    assertThat(muster.ask("runs", "delete", "last", "--yes").exit()).isZero();
  }

  @Test
  void aKilledNodeMakesNobodyTwice() throws Exception {
    site.before(shell("sleep 600"));
    var first = muster.start(run("all"));
    await().atMost(Duration.ofMinutes(2)).until(site::repairs);
    first.kill();
    site.before(shell("true"));

    var resumed = muster.ask("resume", "--no-input");

    assertThat(resumed.exit()).as(resumed.toString()).isZero();
    assertThat(muster.target().resolve(SiteAgents.LOG)).hasContent("menu");
    assertThat(Journal.of(muster, "last").ofType("WorkerSpawned")).hasSize(2);
  }

  @Test
  void whatASinceRunCarriesOverItCarriesWithItsSubWorkersAndWhatGoesAnewAsksAnew()
      throws Exception {
    try (var _ = muster.up()) {
      carriesOverAndAsksAnew();
    }
  }

  private void carriesOverAndAsksAnew() throws IOException {
    assertThat(muster.ask(run("all")).exit()).isZero();
    var asked = model.received().size();

    var second = muster.ask(since());

    assertThat(second.exit()).as(second.toString()).isZero();
    assertThat(model.received()).hasSize(asked);
    assertThat(muster.ask("workers", "list", "last", "--tree").out().lines())
        .anyMatch(it -> it.startsWith("WORKER_001 ") && it.contains("done in run_"))
        .anyMatch(it -> it.startsWith("└ WORKER_001.1 ") && it.contains("done in run_"))
        .anyMatch(it -> it.startsWith("└ WORKER_001.2 ") && it.contains("done in run_"));
    assertThat(muster.ask("waves", "list", "last").out())
        .contains("carried over")
        .doesNotContain("not yet");
    var summary = Journal.summary(muster);
    assertThat(summary.at("/startedBy").asText()).isEqualTo("operator");
    assertThat(summary.at("/workers/completed").asInt()).isEqualTo(3);
    assertThat(summary.at("/results/conflictsTotal").asInt()).isZero();
    assertThat(delivered()).contains("site/menu.txt", "site/page.txt");
    assertThat(muster.target().resolve(SiteAgents.LOG)).hasContent("menu");

    var file = workforce.resolve("WORKER_001_Site.md");
    Files.writeString(file, Files.readString(file).replace("the menu", "the whole menu"));
    var third = muster.ask(since());

    assertThat(third.exit()).as(third.toString()).isZero();
    assertThat(model.received()).hasSize(2 * asked);
    var spawned = Journal.of(muster, "last").ofType("WorkerSpawned");
    assertThat(spawned).hasSize(2);
    assertThat(muster.ask("workers", "show", "last/WORKER_001.2").out())
        .doesNotContain("done in run_");
    assertThat(delivered()).contains("site/menu.txt", "site/page.txt");
  }

  private String[] since() {
    var line = new ArrayList<>(List.of(run("all")));
    line.addAll(List.of("--since", "last"));
    return line.toArray(String[]::new);
  }

  /// By the newest run.
  private List<String> delivered() throws IOException {
    try (var runs = Files.list(muster.results())) {
      var newest = runs.max(Comparator.naturalOrder()).orElseThrow().resolve("deliverables");
      try (var files = Files.walk(newest)) {
        return files.filter(Files::isRegularFile).map(it -> newest.relativize(it) + "").toList();
      }
    }
  }
}
