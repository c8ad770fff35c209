package dev.muster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// 200 subscribers follow a run of N workers over HTTP while an operator rejects what 250 of them
/// ask for, one every 50 ms; ten others have asked for everything and read nothing. From the time
/// that a decision bears in the journal until it has been read from each subscriber's socket, but
/// for the first 50; its commit is included, and so is whoever reads the sockets.
record W8(Build build) implements Engine {
  private static final int SUBSCRIBERS = 200;
  private static final int NOT_READING = 10;
  private static final int WARM_UP = 50;
  private static final int MEASURED = 200;
  private static final int PAUSE_MILLIS = 50;

  private static final int OPENING_MAX = 20;

  /// No principal may have more than 128 connections.
  private static final int TOKENS = 3;

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final Duration ASKED_WITHIN = Duration.ofMinutes(10);

  static List<Engine> engines(Scope scope) {
    return scope.builds().stream().<Engine>map(W8::new).toList();
  }

  @Override
  public String name() {
    return build.name();
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var workforce = folder.resolve("workforce");
    // One more, or the wave would be over and the next begin.
    var asking = WARM_UP + MEASURED + 1;
    var gated = " operation=config_change writes=\".\" reads=\"none\"";
    Workforces.add(workforce, 1, asking, 1, Workforces.block(gated, Workforces.SCRIPT));
    var others = Workforces.block("", Workforces.SCRIPT);
    Workforces.add(workforce, asking + 1, Math.max(1, workers - asking), 2, others);
    var target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(target.resolve("none"), "");
    var node = Node.start(build, folder, Map.of("MUSTER_SLOTS", "2"));
    try {
      node.await(STARTS_WITHIN);
      launch(node, workforce, target);
      try (var api = Api.of(node)) {
        return measured(node, api, asked(api, asking));
      }
    } finally {
      node.stop();
    }
  }

  private void launch(Node node, Path workforce, Path target)
      throws IOException, InterruptedException {
    var folder = node.folder();
    var own =
        Map.of(
            "MUSTER_DATA", folder.resolve("data").toString(),
            "XDG_STATE_HOME", folder.resolve("state").toString());
    build.muster(
        Files.createDirectory(folder.resolve("client")),
        own,
        "run",
        workforce.toString(),
        "--target",
        target.toString(),
        "--detach");
  }

  private static Queue<String> asked(Api api, int wanted) throws IOException, InterruptedException {
    var until = System.nanoTime() + ASKED_WITHIN.toNanos();
    while (true) {
      var ids = new ArrayDeque<String>();
      for (var it : api.all("approvals?limit=200&filter=state:PENDING")) {
        ids.add(it.path("id").asText());
      }
      if (ids.size() == wanted) return ids;
      if (System.nanoTime() > until) throw new IOException("of " + wanted + " ask " + ids.size());
      Thread.sleep(1_000);
    }
  }

  private Round measured(Node node, Api api, Queue<String> asked)
      throws IOException, InterruptedException {
    var run = api.get("runs?limit=1").path("items").path(0).path("id").asText();
    var tokens = new ArrayList<String>();
    for (var i = 0; i < TOKENS; i++) {
      var wish = "{\"name\":\"bench-%d\",\"roles\":[\"admin\"]}".formatted(i);
      tokens.add(api.post("tokens", wish).path("token").asText());
    }
    try (var subscribers = new Subscribers(api.url(), tokens)) {
      for (var i = 0; i < NOT_READING; i++) {
        subscribers.open("topics=runs,workers,journal&run=" + run, false);
      }
      for (var i = 0; i < SUBSCRIBERS; i++) {
        subscribers.open("topics=runs,journal&run=" + run, true);
        // No more than so many requests may be under way.
        subscribers.awaitBegun(i - OPENING_MAX);
      }
      subscribers.awaitBegun(SUBSCRIBERS);
      reject(api, asked, WARM_UP);
      subscribers.awaitDecisions(SUBSCRIBERS * WARM_UP);
      subscribers.forget();
      reject(api, asked, MEASURED);
      subscribers.awaitDecisions(SUBSCRIBERS * MEASURED);
      return Round.of(name())
          .with("", subscribers.millis())
          .with("rssMib", Proc.mib(node.process(), "VmHWM"));
    }
  }

  /// One after the other at an even pace, however long each takes.
  private static void reject(Api api, Queue<String> asked, int count)
      throws IOException, InterruptedException {
    var answers = new ArrayList<CompletableFuture<?>>();
    for (var i = 0; i < count; i++) {
      var approval = "approvals/" + asked.remove() + "/reject";
      answers.add(api.begin(approval, "{\"reason\":\"measured\"}").thenApply(W8::refused));
      Thread.sleep(PAUSE_MILLIS);
    }
    for (var answer : answers) answer.join();
  }

  private static String refused(HttpResponse<String> answer) {
    try {
      return Api.said(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
