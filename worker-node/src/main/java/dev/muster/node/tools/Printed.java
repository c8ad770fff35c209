package dev.muster.node.tools;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a command prints, as much of it as a model is told: its beginning and its end. Nothing of
/// the middle is kept, however much that is.
public final class Printed extends OutputStream {
  private static final int HEAD_BYTES = 16_000;
  private static final int TAIL_BYTES = 12_000;

  private final byte[] head = new byte[HEAD_BYTES];
  private final byte[] tail = new byte[TAIL_BYTES];
  private long count;

  @Override
  public synchronized void write(int one) {
    if (count < HEAD_BYTES) head[(int) count] = (byte) one;
    else tail[(int) ((count - HEAD_BYTES) % TAIL_BYTES)] = (byte) one;
    count++;
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    var at = from;
    var end = from + length;
    for (; at < end && count < HEAD_BYTES; at++) write(bytes[at]);
    // What would be written over at once need not be written.
    var skip = Math.max(0, end - at - TAIL_BYTES);
    count += skip;
    for (at += skip; at < end; at++) write(bytes[at]);
  }

  /// Shorter than `ToolOutcome.TEXT_MAX` by enough for a sentence before it. What is not UTF-8
  /// shows as a replacement character.
  public synchronized String text() {
    var first = text(Arrays.copyOf(head, (int) Math.min(count, HEAD_BYTES)));
    var rest = count - HEAD_BYTES;
    if (rest <= 0) return first;
    if (rest <= TAIL_BYTES) return text(concat(head, Arrays.copyOf(tail, (int) rest)));
    var start = (int) (rest % TAIL_BYTES);
    var last = new byte[TAIL_BYTES];
    System.arraycopy(tail, start, last, 0, TAIL_BYTES - start);
    System.arraycopy(tail, 0, last, TAIL_BYTES - start, start);
    return "%s\n=== %d bytes are not shown\n%s".formatted(first, rest - TAIL_BYTES, text(last));
  }

  private static byte[] concat(byte[] one, byte[] other) {
    var both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
