package dev.muster.orchestrator.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedTest {
  private final Shared<String, String> shared = new Shared<>(2);
  private final AtomicInteger found = new AtomicInteger();

  private String find() {
    return "found " + found.incrementAndGet();
  }

  @Test
  void whatManyAskForAtOnceIsLookedUpOnce() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CompletableFuture<Void>();
    var first = CompletableFuture.supplyAsync(() -> shared.get("a", () -> slow(begun, go)));
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    var others = new ArrayList<Future<String>>();
    for (var i = 0; i < 5; i++) {
      others.add(CompletableFuture.supplyAsync(() -> shared.get("a", this::find)));
    }
    go.complete(null);
    assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo("found 1");
    for (var it : others) assertThat(it.get(1, TimeUnit.MINUTES)).isEqualTo("found 1");
  }

  private String slow(CountDownLatch begun, CompletableFuture<Void> go) {
    begun.countDown();
    go.join();
    return find();
  }

  @Test
  void whatWasNotAskedForLongestIsForgotten() {
    shared.get("a", this::find);
    shared.get("b", this::find);
    assertThat(shared.get("a", this::find)).isEqualTo("found 1");
    shared.get("c", this::find);
    assertThat(shared.get("a", this::find)).isEqualTo("found 1");
    assertThat(shared.get("b", this::find)).isEqualTo("found 4");
  }

  @Test
  void aFailureIsNotKept() {
    assertThatThrownBy(() ->
            shared.get(
                "a",
                () -> {
                  throw new IllegalStateException("not now");
                }))
        .hasMessage("not now");
    assertThat(shared.get("a", this::find)).isEqualTo("found 1");
  }
}
