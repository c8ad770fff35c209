package dev.muster.cli.follow;

import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What a worker printed, on its way out. It may not do anything on a terminal, also where it gets
/// there by way of a file or the console of a build, so that control characters become visible. On
/// a terminal a line that is a screenful is cut, which is said. Who asks for the bytes gets them.
public final class LogText {
  /// A dozen lines of a terminal; longer is data that nobody reads there.
  static final int LINE_BYTES_MAX = 2_000;

  private final Terminal terminal;
  private final Manner manner;

  private CharsetDecoder decoder = decoder();
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private long lineBytes;
  private long hidden;
  private boolean inLine;

  /// How it is to look.
  public enum Manner {
    /// Byte for byte.
    RAW,
    /// Safe for a terminal, long lines cut.
    SHORT,
    /// Safe for a terminal, and all of it.
    WHOLE
  }

  public LogText(Terminal terminal, Manner manner) {
    this.terminal = terminal;
    this.manner = manner;
  }

  /// @param bytes the next piece, which may begin and end anywhere
  public void print(byte[] bytes) {
    if (bytes.length == 0) return;
    switch (manner) {
      case RAW -> {
        terminal.raw(bytes, 0, bytes.length);
        inLine = bytes[bytes.length - 1] != '\n';
      }
      case WHOLE -> decode(bytes, 0, bytes.length);
      case SHORT -> cut(bytes);
    }
  }

  private void cut(byte[] bytes) {
    var start = 0;
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        if (hidden > 0) {
          mark();
          start = i;
        }
        lineBytes = 0;
      } else if (hidden > 0) {
        hidden++;
      } else if (++lineBytes > LINE_BYTES_MAX && beginsCharacter(bytes[i])) {
        decode(bytes, start, i);
        hidden = 1;
      }
    }
    if (hidden == 0) decode(bytes, start, bytes.length);
  }

  private static boolean beginsCharacter(byte octet) {
    return (octet & 0xC0) != 0x80;
  }

  private void mark() {
    terminal.raw(String.format(Locale.ROOT, "… %,d more bytes; --full shows all", hidden));
    hidden = 0;
  }

  private void decode(byte[] bytes, int from, int to) {
    if (from == to) return;
    var length = to - from;
    var read = ByteBuffer.allocate(rest.remaining() + length).put(rest).put(bytes, from, length);
    read.flip();
    var text = CharBuffer.allocate(read.remaining() + 1);
    decoder.decode(read, text, false);
    rest = read.slice();
    var out = Text.block(text.flip().toString());
    if (!out.isEmpty()) {
      terminal.raw(out);
      inLine = !out.endsWith("\n");
    }
  }

  /// What comes next is another log, or a sentence of our own.
  public void end() {
    if (hidden > 0) mark();
    if (inLine) {
      terminal.raw("\n");
      terminal.flush();
    }
    inLine = false;
    lineBytes = 0;
    decoder = decoder();
    rest = ByteBuffer.allocate(0);
  }

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }
}
