package dev.muster.cli.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.client.Json;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lines that are messages, and the way back for answers.
///
/// A line that is none is answered here, since the protocol's server would stop reading at it. The
/// end is told only when all is answered, since that server drops what it still works on then.
final class Messages extends InputStream {
  /// Of one message; a longer one is passed over and answered.
  static final int CHARS_MAX = 1 << 20;

  private static final Set<String> BEFORE_INITIALIZED = Set.of("initialize", "ping");

  private final Reader in;
  private final Answers out;

  private final Open open = new Open();
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean initialized;
  private byte[] line = new byte[0];
  private int at;

  Messages(Reader in, OutputStream out) {
    this.in = in;
    this.out = new Answers(out);
  }

  OutputStream out() {
    return out;
  }

  /// Returns when there is nothing more to read.
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (at == line.length && !next()) {
      open.awaitNone();
      ended.countDown();
      return -1;
    }
    var count = Math.min(length, line.length - at);
    System.arraycopy(line, at, bytes, offset, count);
    at += count;
    return count;
  }

  private boolean next() throws IOException {
    var text = new StringBuilder();
    for (var one = in.read(); ; one = in.read()) {
      if (one >= 0 && one != '\n') {
        if (text.length() <= CHARS_MAX) text.append((char) one);
        continue;
      }
      if (isMessage(text.toString())) {
        line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        at = 0;
        return true;
      }
      if (one < 0) return false;
      text.setLength(0);
    }
  }

  /// What the protocol's server could not read, or would keep for ever, is answered here.
  private boolean isMessage(String text) throws IOException {
    if (text.isBlank()) return false;
    if (text.length() > CHARS_MAX) {
      refuse(null, -32600, "expected a message of at most " + CHARS_MAX + " characters");
      return false;
    }
    try {
      return isMessage(Json.MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      refuse(null, -32700, "expected JSON on one line: " + e.getOriginalMessage());
      return false;
    }
  }

  private boolean isMessage(JsonNode message) throws IOException {
    var method = message.path("method");
    var id = message.path("id");
    var params = message.path("params");
    var asks = !id.isMissingNode();
    if (!message.path("jsonrpc").asText().equals("2.0")
        || (asks && !id.isTextual() && !(id.isIntegralNumber() && id.canConvertToLong()))
        || (!asks && method.isMissingNode())
        || (!method.isMissingNode() && !method.isTextual())
        || (params.isValueNode() && !params.isNull())) {
      refuse(null, -32600, "expected a message of JSON-RPC 2.0");
      return false;
    }
    // An answer: nothing was asked here.
    if (method.isMissingNode()) return false;
    if (method.asText().equals("notifications/initialized")) initialized = true;
    if (asks && !initialized && !BEFORE_INITIALIZED.contains(method.asText())) {
      refuse(id, -32600, "expected notifications/initialized before " + method.asText());
      return false;
    }
    if (asks) open.asked();
    return true;
  }

  private void refuse(@Nullable JsonNode id, int code, String words) throws IOException {
    var answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.putObject("error").put("code", code).put("message", words);
    open.asked();
    out.write((Json.line(answer) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// Each line is one answer: this server asks nothing and announces nothing.
  private final class Answers extends FilterOutputStream {
    Answers(OutputStream to) {
      super(to);
    }

    @Override
    public synchronized void write(int one) throws IOException {
      out.write(one);
      if (one == '\n') open.answered();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      for (var n = offset; n < offset + length; n++) {
        if (bytes[n] == '\n') open.answered();
      }
    }

    @Override
    public synchronized void flush() throws IOException {
      out.flush();
    }
  }

  /// What is still to be answered. What was called off never is.
  private static final class Open {
    private static final long WAIT_MAX_SECONDS = 120;

    private int count;

    synchronized void asked() {
      count++;
    }

    synchronized void answered() {
      count--;
      notifyAll();
    }

    synchronized void awaitNone() {
      var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_MAX_SECONDS);
      try {
        while (count > 0 && System.nanoTime() < until) TimeUnit.SECONDS.timedWait(this, 1);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
