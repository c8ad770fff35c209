package dev.muster.node.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What an outside agent sends before anybody knows whether it has the token.
class AskedTest {
  private static final String HEAD = "POST /gateway/v1/messages HTTP/1.1\r\n";

  private static @Nullable String body(String request) throws IOException {
    return Objects.requireNonNull(Asked.read(new ByteArrayInputStream(request.getBytes(UTF_8))))
        .body();
  }

  private static String pieces(int count) {
    return HEAD + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(count) + "0\r\n\r\n";
  }

  @Test
  void aBodyInPiecesIsPutTogetherAsLongAsThereAreFew() throws IOException {
    assertThat(body(pieces(Asked.PIECES_MAX))).isEqualTo("x".repeat(Asked.PIECES_MAX));
    assertThat(body(pieces(Asked.PIECES_MAX + 1))).isNull();
  }

  @Test
  void aCharacterMayBeCutBetweenPieces() throws IOException {
    var bytes = "é".getBytes(UTF_8);
    var head = (HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes(UTF_8);
    var sent = new ByteArrayOutputStream();
    sent.write(head);
    for (var each : bytes) {
      sent.write("1\r\n".getBytes(UTF_8));
      sent.write(each);
      sent.write("\r\n".getBytes(UTF_8));
    }
    sent.write("0\r\n\r\n".getBytes(UTF_8));
    var asked = Asked.read(new ByteArrayInputStream(sent.toByteArray()));
    assertThat(Objects.requireNonNull(asked).body()).isEqualTo("é");
  }

  @Test
  void whatIsLongerThanItMayBeIsNotTaken() throws IOException {
    var size = Integer.toHexString(Asked.BODY_BYTES_MAX);
    var body = "x".repeat(Asked.BODY_BYTES_MAX);
    var chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n" + body + "\r\n";
    assertThat(body(chunked + "0\r\n\r\n")).hasSize(Asked.BODY_BYTES_MAX);
    assertThat(body(chunked + "1\r\nx\r\n0\r\n\r\n")).isNull();
    assertThat(body(HEAD + "Content-Length: 99999999999\r\n\r\n")).isNull();
    assertThatIOException()
        .isThrownBy(() -> body(HEAD + "Transfer-Encoding: chunked\r\n\r\n-1\r\n"));
  }
}
