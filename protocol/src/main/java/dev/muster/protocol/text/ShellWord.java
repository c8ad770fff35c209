package dev.muster.protocol.text;

import java.util.regex.Pattern;

/// A word of a command that somebody may copy: a name that others gave does nothing in it.
public final class ShellWord {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWord() {}

  /// As a shell reads it back: in quotes where it needs them.
  public static String of(String word) {
    return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
