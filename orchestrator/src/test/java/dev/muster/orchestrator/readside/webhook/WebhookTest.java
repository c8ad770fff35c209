package dev.muster.orchestrator.readside.webhook;

import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.table.ReadSide;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunPhase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What other programs are told, in which order, and what they are never told.
@ParameterizedClass
@EnumSource(Vendor.class)
class WebhookTest {
  private static final String KEY = "0123456789abcdef";

  @TempDir private Path data;
  private Journal journal;
  private HttpServer program;
  private WebhookTarget target;
  private WebhookSender sender;
  private ReadSide readSide;

  /// `run type` of each delivery that was answered well, in order.
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final Vendor vendor;
  private final List<WebhookTarget> targets = new ArrayList<>();
  private final List<String> signatures = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();

  /// Runs of which it never ends its answer.
  private final Set<String> endless = new HashSet<>();

  /// Runs of which the program will hear nothing.
  private final Set<String> deaf = new HashSet<>();

  WebhookTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open() throws Exception {
    journal = new Journal(vendor.open(data));
    program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    program.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var isDeaf = deaf.stream().anyMatch(run -> body.contains("\"" + run + "\""));
            if (!isDeaf) {
              told.add(body.replaceAll(".*\"type\":\"(\\w+)\",\"run\":\"(\\w+)\".*", "$2 $1"));
              bodies.add(body);
              signatures.add(exchange.getRequestHeaders().getFirst("Muster-Signature"));
            }
            if (endless.stream().anyMatch(run -> body.contains("\"" + run + "\""))) {
              exchange.sendResponseHeaders(200, 0);
              while (true) exchange.getResponseBody().write(new byte[1_000]); // until it is cut
            }
            exchange.sendResponseHeaders(isDeaf ? 503 : 204, -1);
          }
        });
    program.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    program.start();
    target =
        new WebhookTarget(
            URI.create("http://127.0.0.1:" + program.getAddress().getPort() + "/hook"), KEY);
    targets.add(target);
    sender = new WebhookSender(journal.database(), target, journal::now);
    readSide =
        ReadSide.of(
            journal.database(), journal::now, List.of(new WebhookReader(targets, journal::now)));
  }

  @AfterEach
  void close() {
    sender.close();
    readSide.tail().close();
    program.stop(0);
    journal.close();
  }

  private void begun(String run) {
    journal.write(Origin.run(run), journal.created(planned("WORKER_001", 1)));
  }

  private void finished(String run) {
    journal.write(Origin.run(run), new RunFinished(RunPhase.COMPLETED, 0, journal.now()));
  }

  private void send() throws Exception {
    readSide.tail().catchUp("webhook");
    while (sender.round()) {}
  }

  @Test
  void aRunIsToldInOrderAndHoldsUpNoOther() throws Exception {
    deaf.add("run_0001");
    begun("run_0001");
    finished("run_0001");
    begun("run_0002");
    finished("run_0002");
    send();
    assertThat(told).containsExactly("run_0002 RunCreated", "run_0002 RunFinished");
    deaf.clear();
    send();
    assertThat(told).as("not before its time").hasSize(2);
    journal.later(2);
    send();
    assertThat(told.subList(2, 4)).containsExactly("run_0001 RunCreated", "run_0001 RunFinished");
    journal.later(60);
    send();
    assertThat(told).as("once").hasSize(4);
  }

  @Test
  void anAnswerThatNeverEndsHoldsUpNoOtherRun() throws Exception {
    endless.add("run_0001");
    begun("run_0001");
    begun("run_0002");
    sender.close();
    sender = new WebhookSender(journal.database(), target, journal::now, Duration.ofMillis(500));
    readSide.tail().catchUp("webhook");
    assertTimeoutPreemptively(Duration.ofMinutes(1), sender::round);
    assertThat(told).contains("run_0002 RunCreated");
    assertThat(sender.standing().waiting()).isEqualTo(1);
  }

  @Test
  void eachIsToldWhatItWantsAndHoldsUpNoOther() throws Exception {
    var slow = new WebhookTarget("slow", URI.create("http://127.0.0.1:9/"), KEY, Set.of());
    var runs =
        new WebhookTarget("runs", target.url(), KEY + "2", Set.of("RunCreated", "RunFinished"));
    targets.set(0, slow);
    targets.add(runs);
    readSide.tail().close();
    readSide =
        ReadSide.of(
            journal.database(), journal::now, List.of(new WebhookReader(targets, journal::now)));
    begun("run_0001");
    journal.write(
        Origin.gate("run_0001"),
        new ApprovalRequested(
            "apr_0001_a", operation("WORKER_001"), false, journal.now(), journal.now()));
    finished("run_0001");
    readSide.tail().catchUp("webhook");
    try (var away = new WebhookSender(journal.database(), slow, journal::now);
        var listens = new WebhookSender(journal.database(), runs, journal::now)) {
      while (listens.round()) {}
      while (away.round()) {}
      assertThat(told).containsExactly("run_0001 RunCreated", "run_0001 RunFinished");
      assertThat(signatures.getFirst())
          .isEqualTo(runs.signature(journal.now().getEpochSecond(), bodies.getFirst()));
      assertThat(listens.standing().waiting()).isZero();
      assertThat(listens.standing().failing()).isFalse();
      var standing = away.standing();
      assertThat(standing.waiting()).isEqualTo(3);
      assertThat(standing.failing()).isTrue();
      assertThat(standing.problem()).contains("ConnectException");
      assertThat(standing.host()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void whatIsToldIsSignedAndHoldsNoScript() throws Exception {
    var asked = operation("WORKER_001");
    journal.write(
        Origin.gate("run_0001"),
        new ApprovalRequested("apr_0001_a", asked, false, journal.now(), journal.now()));
    send();
    assertThat(told).containsExactly("run_0001 ApprovalRequested");
    var body = bodies.getFirst();
    assertThat(body).contains("deletes ../old", "apr_0001_a").doesNotContain(asked.script());
    var at = journal.now().getEpochSecond();
    assertThat(signatures.getFirst())
        .isEqualTo(target.signature(at, body))
        .isNotEqualTo(target.signature(at + 1, body))
        .startsWith("t=" + at + ",v1=");
  }

  @Test
  void whatWasThereBeforeIsNoNews() throws Exception {
    begun("run_0001");
    journal.later(3_601);
    finished("run_0001");
    send();
    assertThat(told).containsExactly("run_0001 RunFinished");
  }

  @Test
  void buildingItAnewLosesNothingThatWaits() throws Exception {
    deaf.add("run_0001");
    begun("run_0001");
    send();
    journal.later(2 * 3_600);
    begun("run_0002");
    readSide.tail().catchUp("webhook");
    readSide.tail().rebuild("webhook");
    deaf.clear();
    send();
    assertThat(told)
        .as("what waits is older than an hour, or is read again")
        .containsExactlyInAnyOrder("run_0001 RunCreated", "run_0002 RunCreated");
  }

  @Test
  void whatIsNeverHeardIsGivenUpAfterADay() throws Exception {
    deaf.add("run_0001");
    begun("run_0001");
    for (var hours = 0; hours < 26; hours++) {
      send();
      journal.later(3_600);
    }
    deaf.clear();
    send();
    assertThat(told).isEmpty();
    assertThat(WebhookSender.backOff(3)).hasSeconds(8);
    assertThat(WebhookSender.backOff(60)).hasMinutes(10);
  }

  @Test
  void itGoesWhereTheSettingsSayAndNowhereElse() throws Exception {
    for (var url :
        new String[] {
          "http://hooks.example/", "ftp://127.0.0.1/", "https://me:secret@hooks.example/", "https:x"
        }) {
      assertThatThrownBy(() -> new WebhookTarget(URI.create(url), KEY))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new WebhookTarget("x", target.url(), KEY, Set.of("RunDeleted")))
        .hasMessageContaining("RunFinished");
    assertThatThrownBy(() -> new WebhookTarget(target.url(), "short"))
        .isInstanceOf(IllegalArgumentException.class);
    var named = new WebhookTarget(URI.create("https://hooks.example/"), KEY);
    for (var address :
        List.of(
            "127.0.0.1", "10.0.0.1", "169.254.169.254", "fd00::1", "224.0.0.1", "0.0.0.0", "::")) {
      assertThat(named.refusal(InetAddress.getByName(address))).as(address).isNotNull();
    }
    assertThat(named.refusal(InetAddress.getByName("203.0.113.7"))).isNull();
    assertThat(target.refusal(InetAddress.getLoopbackAddress())).isNull();
    var metadata = new WebhookTarget(URI.create("http://169.254.169.254/"), KEY);
    assertThat(metadata.refusal(InetAddress.getByName("169.254.169.254"))).isNotNull();
    assertThat(named.toString()).doesNotContain(KEY);
  }
}
