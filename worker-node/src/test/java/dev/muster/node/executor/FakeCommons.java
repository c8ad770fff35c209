package dev.muster.node.executor;

import dev.muster.protocol.commons.CommonsCommand.Told;
import dev.muster.protocol.commons.CommonsRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/// Answers as a test says, and remembers what was asked.
final class FakeCommons implements CommonsClient {
  record Asked(int ordinal, CommonsRequest request) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  volatile BiFunction<Integer, CommonsRequest, Told> answer = (_, _) -> Told.of("");

  @Override
  public CompletionStage<Told> act(String run, String worker, int ordinal, CommonsRequest request) {
    asked.add(new Asked(ordinal, request));
    return CompletableFuture.completedFuture(answer.apply(ordinal, request));
  }

  /// Those that are no look for news.
  List<Asked> acts() {
    return asked.stream().filter(it -> !(it.request() instanceof CommonsRequest.News)).toList();
  }
}
