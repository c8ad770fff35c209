package dev.muster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version this was built as.
final class Version {
  private Version() {}

  static String current() {
    try (var in = Version.class.getResourceAsStream("/muster-version.properties")) {
      var properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read muster-version.properties", e);
    }
  }
}
