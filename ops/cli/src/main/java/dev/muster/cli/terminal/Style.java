package dev.muster.cli.terminal;

import java.util.regex.Pattern;

/// Colour, where it is wanted. Colour never carries a meaning alone: the word is always there.
public enum Style {
  PLAIN("0"),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  CYAN("36");

  private static final Pattern CODES = Pattern.compile("\u001b\\[[0-9;]*m");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  public String on(String text, boolean coloured) {
    return coloured && this != PLAIN ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /// The text alone, as it takes up room.
  static String without(String text) {
    return text.indexOf('\u001b') < 0 ? text : CODES.matcher(text).replaceAll("");
  }

  /// The colour of a state, by its word.
  public static Style ofState(String state) {
    return switch (state) {
      case "COMPLETED", "APPROVED", "AUTO_APPROVED", "OPEN" -> GREEN;
      case "FAILED", "INCOMPLETE", "BLOCKED", "REJECTED", "CLOSED" -> RED;
      case "HELD",
          "PAUSED",
          "AWAITING_APPROVAL",
          "AWAITING_ANSWER",
          "PENDING",
          "EXPIRED",
          "BACKOFF" ->
          YELLOW;
      case "RUNNING", "VALIDATING" -> CYAN;
      case "CANCELLED", "REHEARSED", "ENLISTED", "WAITING" -> DIM;
      default -> PLAIN;
    };
  }
}
