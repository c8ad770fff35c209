package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.downNode;
import static dev.muster.cli.stub.Samples.run;
import static dev.muster.cli.stub.Samples.worker;

import dev.muster.cli.client.Json;
import dev.muster.cli.cluster.LocalCluster.DatabaseStatus;
import dev.muster.cli.cluster.NodeStatus;
import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.cli.stub.CliBench;
import dev.muster.cli.stub.ConversationSamples;
import dev.muster.cli.stub.GoldenView;
import dev.muster.cli.stub.ModelSamples;
import dev.muster.cli.stub.Samples;
import dev.muster.cli.terminal.Caller.Terminals;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.verb.HostChecks.Check;
import dev.muster.cli.verb.HostChecks.State;
import dev.muster.host.settings.Settings.Role;
import dev.muster.protocol.view.NodeView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What conversations, the parts of a set-up, and a local cluster look like.
class MoreViewsTest {
  private static final String RUN = "run_0mwoqed11cc8t";
  private static final String WORKER = RUN + "/WORKER_002";
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final List<String> VIEWS =
      List.of(
          "workers show " + WORKER + " --conversation",
          "workers show " + WORKER + " --turn 2",
          "workers show " + WORKER + " --turn 5 --against 2",
          "policy check",
          "instructions check flow/WORKER_001_Thin.md",
          "instructions format masked-test",
          "instructions format nowhere",
          "certs create pki node-a=node-a.example,10.0.0.5 node-b=node-b.example",
          "trust --list",
          "top");

  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new CliBench(folder).nodeRuns();
    bench.environment.putAll(Map.of("NO_COLOR", "1", "HOSTNAME", "host"));
    bench.node.run(RUN, run("FAILED", 1, 1, 0, 0));
    bench.node.workers(
        RUN,
        worker("WORKER_001", "COMPLETED", ""),
        worker("WORKER_002", "FAILED", "a budget was spent: 2,000 tokens of 2,000")
            .put("title", "Add them up"));
    bench.node.models(ModelSamples.models(), ModelSamples.refused());
    ConversationSamples.fill(bench.node, WORKER);
    var flow = Files.createDirectory(folder.resolve("flow"));
    Files.writeString(flow.resolve("muster.conf"), "slots = 2\n");
    Files.writeString(
        flow.resolve("WORKER_001_Thin.md"),
        """
        # Worker 001: Thin

        **Priority:** high

        ## 1. DELIVERABLES

        - a list called names.txt of everybody who has ever had to do with it, sorted by name

        ## 4. DEPENDENCIES

        - all previous workers

        ## 6. TEST_PROCESS

        ```bash
        test -s names.txt || true
        ```
        """);
    var user = folder.resolve("home/.config/muster/muster.conf");
    Files.createDirectories(user.getParent());
    Files.writeString(
        user,
        """
        approvals.policies {
          any { expiry = 24h }
          production_deploy { approvers = 2, by = [alice, bob, "role:admin"], expiry = 1h, then = escalate, escalate-to = ["role:admin"], escalate-for = 4h }
          file_delete { expiry = 1h, then = hold }
        }
        """);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  static Stream<Arguments> views() {
    return VIEWS.stream()
        .flatMap(command -> Stream.of(80, 160).map(width -> Arguments.of(command, width)));
  }

  @ParameterizedTest(name = "{0} on {1} columns")
  @MethodSource("views")
  void aViewFitsTheTerminalAndIsAsItWasAgreed(String command, int width) throws IOException {
    // What is drawn on the whole screen is not what a pipe gets.
    bench.terminals = command.equals("top") ? Terminals.NONE : new Terminals(false, true, true);
    golden("width").fits(command, width);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models list",
        "policy check",
        "workers show " + WORKER + " --conversation",
        "workers show " + WORKER + " --turn 5 --against 2",
        "instructions check flow/WORKER_001_Thin.md",
        "trust --list"
      })
  void aProgramGetsIt(String command) throws IOException {
    golden("json").isAsAgreed(command + " -o json");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void theDoctorsLinesFit(int width) throws IOException {
    printed(
        "doctor", width, it -> checks().forEach(check -> CheckLine.print(it.terminal(), check)));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void aClusterFits(int width) throws IOException {
    printed(
        "cluster-status-up",
        width,
        it -> ClusterWords.print(it.terminal(), OutputFormat.TABLE, nodes(), database()));
  }

  @ParameterizedTest
  @ValueSource(ints = {160})
  void aProgramGetsTheCluster(int width) throws IOException {
    printed(
        "cluster-status-up-json",
        width,
        it -> ClusterWords.print(it.terminal(), OutputFormat.JSON, nodes(), database()));
  }

  private GoldenView golden(String kind) {
    return new GoldenView(bench, folder, GOLDEN.resolve(kind));
  }

  private void printed(String name, int width, Consumer<Context> print) throws IOException {
    bench.terminals = new Terminals(false, true, true);
    golden("width").printed(name, width, print.andThen(it -> it.terminal().flush()));
  }

  private static List<Check> checks() {
    return List.of(
        new Check("JDK", State.OK, "25.0.3+9-LTS", ""),
        new Check("tools", State.FAIL, "no awk, no sed on the path", "install awk sed"),
        new Check(
            "sandbox",
            State.WARN,
            "none: neither bubblewrap nor util-linux can make one here, and every command that asks"
                + " for more than to read is gated",
            "install bubblewrap, such as: apt install bubblewrap"),
        new Check(
            "node",
            State.WARN,
            "none runs here, and port 7400 is taken by something else",
            "`muster run` takes another port by itself; `muster up --port N` is told one"));
  }

  private static List<NodeStatus> nodes() {
    var here = URI.create("http://127.0.0.1:7400");
    return List.of(
        new NodeStatus(
            new Member("orchestrator-1", Role.ORCHESTRATOR, 7400, 7410),
            here,
            NodeStatus.State.UP,
            4_711L,
            null),
        new NodeStatus(
            new Member("worker-1", Role.WORKER, 7401, 7411),
            here,
            NodeStatus.State.UP,
            4_712L,
            view(Samples.node())),
        new NodeStatus(
            new Member("worker-2", Role.WORKER, 7402, 7412),
            here,
            NodeStatus.State.DOWN,
            null,
            view(downNode("worker-2"))));
  }

  private static NodeView view(com.fasterxml.jackson.databind.JsonNode node) {
    return Json.MAPPER.convertValue(node, NodeView.class);
  }

  private static DatabaseStatus database() {
    return new DatabaseStatus("jdbc:postgresql://127.0.0.1:7420/muster", true, 4_700L);
  }
}
