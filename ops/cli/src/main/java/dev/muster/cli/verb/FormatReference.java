package dev.muster.cli.verb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The reference of the instruction format, as it is packaged with the program.
final class FormatReference {
  static final String RESOURCE = "/docs/ten-point.md";

  private FormatReference() {}

  static String text() {
    try (var in = FormatReference.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  /// What one can ask for: every heading below the title.
  static List<String> topics() {
    return text().lines().filter(FormatReference::isHeading).map(FormatReference::topic).toList();
  }

  /// The section of that heading, with those below it; null when there is none.
  static @Nullable String section(String topic) {
    var wanted = topic(topic);
    var section = new StringBuilder();
    var level = 0;
    for (var line : text().lines().toList()) {
      if (level > 0 && isHeading(line) && level(line) <= level) {
        break;
      }
      if (level == 0 && isHeading(line) && topic(line).equals(wanted)) {
        level = level(line);
      }
      if (level > 0) {
        section.append(line).append('\n');
      }
    }
    return level == 0 ? null : section.toString().strip();
  }

  private static boolean isHeading(String line) {
    return line.startsWith("## ") || line.startsWith("### ");
  }

  private static int level(String line) {
    return line.indexOf(' ');
  }

  /// As a link names it: `EXECUTION blocks` is `execution-blocks`.
  private static String topic(String text) {
    return text.replaceFirst("^#+", "").strip().toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
