package dev.muster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.muster.e2e.Workforces.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What happens to operators in the console of a real node: much output, agents, other people,
/// questions that nobody answered, a lost server, a busy machine. `mvn -Pbrowser verify`.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoriesSuite {
  @TempDir private static Path folder;
  private static ScriptedModel model;
  private static ConsoleNode node;
  private static Stage stage;

  @BeforeAll
  static void begin() throws Exception {
    model = new ScriptedModel();
    AgentScenes.script(model);
    model.setUp(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/muster/muster.conf"),
        "approvals.policies { %s { expiry = 4s } }\n".formatted(PeopleScenes.SHORT_LIVED),
        StandardOpenOption.APPEND);
    node = new ConsoleNode(folder);
    stage = new Stage(node.browser, node.page, node.muster, folder);
    node.begin("#/runs");
  }

  @AfterAll
  static void end() {
    if (node != null) node.close();
    if (model != null) model.close();
  }

  @AfterEach
  void thePolicyHolds() {
    assertThat(node.browser.complaints()).isEmpty();
  }

  @Test
  @Order(1)
  void aLogOf200000LinesIsFollowedAndEveryLineHasAnAddress() {
    new LogScenes(stage).itIsFollowedAndEveryLineHasAnAddress();
  }

  @Test
  @Order(2)
  void anAgentIsWatchedAnsweredAndApprovedAndWhatItWritesStaysText() throws Exception {
    var agents = new AgentScenes(stage);
    var run = agents.anAgentIsWatchedAnsweredAndApproved();
    agents.whatAnAgentWritesStaysTextEverywhere(run);
    agents.norDoesATerminalObeyIt(run);
  }

  @Test
  @Order(3)
  void twoDecideAtOnceAndAReasonReachesTheWorker() {
    var people = new PeopleScenes(stage);
    people.twoDecideAtOnceAndTheSecondIsToldByWhom();
    people.aReasonReachesTheWorkerAndAViewerDecidesNothing();
  }

  @Test
  @Order(4)
  void aWholeRunWithoutAMouse() throws Exception {
    new PeopleScenes(stage).aWholeRunWithoutAMouse(node.token);
  }

  @Test
  @Order(5)
  void whatExpiredIsShownApartAndAskedAgain() {
    new PeopleScenes(stage).whatExpiredIsShownApartAndAskedAgain();
  }

  @Test
  @Order(6)
  void everyTabAndSocketHearsAndTheDesktopTellsOfOtherRuns() {
    new PeopleScenes(stage).everyTabAndSocketHearsAndTheDesktopTellsOfOtherRuns();
  }

  @Test
  @Order(7)
  void eightTabsAreLiveAndGoOnWhenOneIsClosed() {
    var tabs = new TabScenes(stage);
    tabs.eightTabsAreLiveAndGoOnWhenOneIsClosed(node.token);
    tabs.whereNoSocketIsLetThroughAStreamTells(node.token);
  }

  @Test
  @Order(8)
  void aHeldWaveIsLaunchedAndThePageAndTheAuditLogSayByWhom() throws Exception {
    new LaunchScenes(stage).aHeldWaveIsLaunchedAndThePageAndTheAuditLogSayByWhom();
  }

  @Test
  @Order(9)
  void aServerThatIsLostIsSaidAndFoundAgain() throws Exception {
    var page = node.page;
    var run = stage.run("lost", Worker.simple(1, 1, ""), Worker.simple(2, 1, ""));
    stage.go("#/runs/" + run + "/workers?state=COMPLETED");
    assertThat(page.locator("tbody .s-completed")).hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
    new LoadScenes(stage).limit();
    node.kill();
    assertThat(page.locator("header")).containsText("reconnecting");
    assertThat(page.locator("tbody .s-completed").first()).isVisible();
    Browser.shoot(page, "lost");
    node.startAgain();
    assertThat(page.locator("header .live")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
    assertThat(page.locator("tbody .s-completed").first()).isVisible();
  }

  @Test
  @Order(10)
  void wavesHoldWhileTheMachineIsBusyAndThenGoOn() throws Exception {
    new LoadScenes(stage).wavesHoldWhileTheMachineIsBusyAndThenGoOn();
  }
}
