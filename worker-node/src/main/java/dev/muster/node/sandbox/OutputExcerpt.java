package dev.muster.node.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The beginning and the end of what a step printed, for whoever is told of it.
final class OutputExcerpt {
  private static final int HEAD_BYTES = 6_000;
  private static final int TAIL_BYTES = 18_000;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private byte[] ring = new byte[0];
  private int next;
  private long beyond;

  void accept(byte[] buffer, int length) {
    var first = Math.min(length, HEAD_BYTES - head.size());
    head.write(buffer, 0, first);
    if (first == length) return;
    if (ring.length == 0) ring = new byte[TAIL_BYTES];
    // Of a large piece only the end can matter.
    for (var at = Math.max(first, length - TAIL_BYTES); at < length; at++) {
      ring[next] = buffer[at];
      next = (next + 1) % TAIL_BYTES;
    }
    beyond += length - first;
  }

  String text() {
    if (beyond == 0) return head.toString(StandardCharsets.UTF_8);
    var kept = (int) Math.min(beyond, TAIL_BYTES);
    var tail = new byte[kept];
    for (var i = 0; i < kept; i++) tail[i] = ring[Math.floorMod(next - kept + i, TAIL_BYTES)];
    var end = new String(tail, StandardCharsets.UTF_8);
    var left = beyond - kept;
    var gap = left == 0 ? "" : "\n[... %d bytes left out ...]\n".formatted(left);
    return head.toString(StandardCharsets.UTF_8) + gap + end;
  }
}
