package dev.muster.protocol.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The prompt of workforces that bring none of their own.
public final class StandardPrompt {
  private StandardPrompt() {}

  public static String text() {
    try (var in = StandardPrompt.class.getResourceAsStream("prompt.md")) {
      if (in == null) throw new IllegalStateException("prompt.md is missing");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
