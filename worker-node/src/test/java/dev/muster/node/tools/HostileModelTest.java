package dev.muster.node.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.tools.Try.Ends;
import dev.muster.node.workspace.TreeScan;
import dev.muster.node.workspace.TreeScan.Bounds;
import dev.muster.protocol.instruction.Risk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The escape suite: a model that wants out, by everything that it can call. That all of it is
/// recorded, whatever came of it, is for `HostileTrailTest` to show.
@NeedsSandbox
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileModelTest {
  private static final Bounds BOUNDS = new Bounds(10_000, 64 << 20);
  private static final Boundaries BOUNDARIES =
      new Boundaries(
          List.of(
              "**CANNOT modify:** Previous workers' deliverables without approval",
              "**CANNOT create:** `forbidden.txt`",
              "**CANNOT modify:** Any existing tests"),
          List.of("result.txt"));

  private Path data;
  private ServerSocket host;
  private Scene scene;
  private String before;

  @BeforeAll
  void begin(@TempDir Path folder) throws IOException, InterruptedException {
    scene = new Scene(folder);
    data = scene.fixture.data;
    Files.writeString(data.resolve("operator.token"), "TOKEN-BAIT");
    Files.writeString(data.resolve("victim.txt"), "VICTIM-BAIT");
    var other = data.resolve("workspaces/run_other/WORKER_002/attempt-1/work");
    Files.createDirectories(other);
    Files.writeString(other.resolve("secret.txt"), "OTHER-BAIT");
    scene.give("given.py", "GIVEN\n");
    scene.give("tests/test_it.py", "assert False\n");
    host = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    host.setSoTimeout(1);
    before = outside();
  }

  @AfterAll
  void end() throws IOException {
    host.close();
    scene.close();
  }

  @BeforeEach
  void whatWasHandedInIsThere() throws IOException {
    assertThat(scene.work.resolve("given.py")).hasContent("GIVEN\n");
    assertThat(scene.work.resolve("tests/test_it.py")).hasContent("assert False\n");
  }

  static Stream<Integer> tries() {
    return Tries.numbers(3);
  }

  @ParameterizedTest
  @MethodSource("tries")
  void nothingLeadsOut(int number) throws IOException, InterruptedException {
    var attempt = Tries.all(data, host.getLocalPort()).get(number);
    var name = number + ": " + attempt.name();
    var boundaries = attempt.ends() == Ends.ASKED ? Boundaries.NONE : BOUNDARIES;
    var last = ToolOutcome.of("");
    var lastCall = attempt.calls().size() - 1;
    for (var i = 0; i <= lastCall; i++) {
      if (i == lastCall) looksAsItMust(name, attempt, scene, boundaries);
      last = scene.of(boundaries, attempt.calls().get(i));
    }
    switch (attempt.ends()) {
      case RECORDED ->
          assertThat(last.violation())
              .as(name + ": " + last.text())
              .isNotNull()
              .extracting(Violation::kind)
              .isIn(attempt.kinds());
      case TOLD -> assertThat(last.failed()).as(name + ": " + last.text()).isTrue();
      case NOTHING, ASKED -> {}
    }
    assertThat(last.text()).as(name).doesNotContain("BAIT").hasSizeLessThan(ToolOutcome.TEXT_MAX);
    theHostIsAsItWas(name);
  }

  private static void looksAsItMust(String name, Try attempt, Scene scene, Boundaries boundaries)
      throws IOException {
    var plan = Toolbox.STANDARD.plan(attempt.calls().getLast(), scene.place(boundaries));
    if (attempt.ends() == Ends.ASKED) {
      assertThat(plan).as(name).isInstanceOf(ToolPlan.Gated.class);
      assertThat(((ToolPlan.Gated) plan).operation().risk()).as(name).isNotEqualTo(Risk.READ_ONLY);
    } else {
      assertThat(plan).as(name).isNotInstanceOf(ToolPlan.Gated.class);
    }
  }

  private void theHostIsAsItWas(String name) throws IOException {
    assertThat(outside()).as("what is outside of the workspace: " + name).isEqualTo(before);
    assertThat(SandboxFixture.processesWith("sleep\0" + ScriptTries.TAG)).as(name).isEmpty();
    assertThat(Files.exists(scene.work.resolve("pwned"), LinkOption.NOFOLLOW_LINKS))
        .as("a command was smuggled in: " + name)
        .isFalse();
    assertThat(Files.exists(Path.of("/tmp/muster-escaped"))).as(name).isFalse();
    try (var _ = host.accept()) {
      throw new AssertionError("the host was reached: " + name);
    } catch (java.net.SocketTimeoutException _) {
      // Nobody came.
    }
  }

  private String outside() throws IOException {
    var parts =
        List.of(
            TreeScan.glance(data, BOUNDS, List.of(scene.fixture.attempt)),
            TreeScan.glance(scene.fixture.target, BOUNDS, List.of()),
            TreeScan.glance(scene.inputs, BOUNDS, List.of()));
    return parts.stream().map(it -> it.digest()).toList().toString();
  }
}
