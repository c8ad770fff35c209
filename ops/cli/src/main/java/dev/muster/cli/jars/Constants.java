package dev.muster.cli.jars;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Where the constants of a class file are (JVM specification, 4.4).
final class Constants {
  static final int UTF8 = 1;
  static final int INTEGER = 3;
  static final int METHOD_REFERENCE = 10;
  static final int NAME_AND_TYPE = 12;
  static final int METHOD_HANDLE = 15;
  static final int METHOD_TYPE = 16;
  static final int INVOKE_DYNAMIC = 18;

  private static final int BEGIN = 10;

  private final ByteBuffer file;
  private final int[] places;
  private final int end;

  /// @throws IllegalArgumentException when this is no class file of a known format
  Constants(ByteBuffer file) {
    this.file = file;
    this.places = new int[u2(BEGIN - 2)];
    var at = BEGIN;
    for (var number = 1; number < places.length; number++) {
      places[number] = at;
      var tag = tag(number);
      at += size(tag, at);
      // Numbers of 64 bits take two places.
      if (tag == 5 || tag == 6) number++;
    }
    this.end = at;
  }

  private int size(int tag, int at) {
    return switch (tag) {
      case UTF8 -> 3 + u2(at + 1);
      case INTEGER, 4, 9, METHOD_REFERENCE, 11, NAME_AND_TYPE, 17, INVOKE_DYNAMIC -> 5;
      case 5, 6 -> 9;
      case 7, 8, METHOD_TYPE, 19, 20 -> 3;
      case METHOD_HANDLE -> 4;
      default -> throw new IllegalArgumentException("expected a constant, found tag " + tag);
    };
  }

  /// One more than the highest number.
  int count() {
    return places.length;
  }

  /// Where the first byte behind them is.
  int end() {
    return end;
  }

  /// 0 for a number without a constant.
  int tag(int number) {
    return places[number] == 0 ? 0 : file.get(places[number]);
  }

  /// The number of two bytes that stands in a constant.
  int in(int number, int offset) {
    return u2(places[number] + offset);
  }

  int integer(int number) {
    return file.getInt(places[number] + 1);
  }

  String text(int number) {
    var bytes = new byte[in(number, 1)];
    file.get(places[number] + 3, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int u2(int at) {
    return Short.toUnsignedInt(file.getShort(at));
  }
}
