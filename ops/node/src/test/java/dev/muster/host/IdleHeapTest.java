package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleHeapTest {
  private static final long SMALL = 48L << 20;
  private static final long LARGE = 900L << 20;

  private final IdleHeap heap = new IdleHeap(() -> {});

  @AfterEach
  void close() {
    heap.close();
  }

  @Test
  void aSmallHeapIsLeftAlone() {
    for (var look = 0; look < 20; look++) assertThat(heap.isDue(SMALL, 3)).isFalse();
  }

  @Test
  void aLargeOneIsCollectedOnceNothingHasHappenedForAWhile() {
    assertThat(heap.isDue(LARGE, 100)).isFalse();
    assertThat(heap.isDue(LARGE, 200)).isFalse();
    assertThat(heap.isDue(LARGE, 201)).isFalse();
    assertThat(heap.isDue(LARGE, 201)).isFalse();
    assertThat(heap.isDue(LARGE, 202)).isTrue();
  }

  @Test
  void itIsNotCollectedAgainBeforeItHasGrownToTwiceWhatWasKept() {
    for (var look = 0; look < 3; look++) heap.isDue(LARGE, 1);
    heap.collected(LARGE / 2, 2);
    for (var look = 0; look < 20; look++) assertThat(heap.isDue(LARGE - 1, 2)).isFalse();
    assertThat(heap.isDue(LARGE, 2)).isTrue();
  }

  @Test
  void workInBetweenBeginsTheWhileAnew() {
    assertThat(heap.isDue(LARGE, 1)).isFalse();
    assertThat(heap.isDue(LARGE, 1)).isFalse();
    assertThat(heap.isDue(LARGE, 9)).isFalse();
    assertThat(heap.isDue(LARGE, 9)).isFalse();
    assertThat(heap.isDue(LARGE, 9)).isFalse();
    assertThat(heap.isDue(LARGE, 9)).isTrue();
  }
}
