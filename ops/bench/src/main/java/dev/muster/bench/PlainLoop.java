package dev.muster.bench;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.Message;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelLimits;
import dev.muster.node.models.ModelReply;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.Tuning;
import dev.muster.node.models.wire.HttpModel;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// What people write first: a thread for each agent, the conversation in memory, a semaphore for
/// the calls in flight; answers a tool's call with a line. Prints the seconds that all took.
final class PlainLoop {
  private PlainLoop() {}

  public static void main(String[] args) throws Exception {
    var agents = Integer.parseInt(args[0]);
    try (var client = HttpModel.newClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var model =
          new HttpModel(
              client,
              ProviderKind.OPENAI,
              URI.create(args[1]),
              KeySource.NONE,
              true,
              Clock.systemUTC());
      var places = new Semaphore(W10.IN_FLIGHT_MAX, true);
      var began = System.nanoTime();
      var all = new ArrayList<Future<?>>();
      for (var i = 0; i < agents; i++) {
        all.add(
            threads.submit(() -> {
              converse(model, places);
              return true;
            }));
      }
      for (var each : all) each.get();
      System.out.println((System.nanoTime() - began) / 1e9);
    }
  }

  private static void converse(HttpModel model, Semaphore places)
      throws InterruptedException, ExecutionException {
    var messages = new ArrayList<Message>(List.of(new Message.User("Leave out.txt with a line.")));
    for (var turn = 0; turn < W10.TURNS; turn++) {
      var request = new ModelRequest("", messages, List.of(), null, ModelLimits.STANDARD);
      places.acquire();
      var reply =
          model
              .begin(request, new Tuning("scripted", null, 4_000), ModelEvents.NOBODY)
              .reply()
              .toCompletableFuture()
              .get();
      places.release();
      if (!(reply instanceof ModelReply.Answered(var answer))) {
        throw new IllegalStateException(reply.toString());
      }
      messages.add(new Message.Assistant(answer.text(), answer.calls()));
      for (var call : answer.calls()) {
        messages.add(new Message.ToolResult(call.id(), call.name(), "done", false));
      }
    }
  }
}
