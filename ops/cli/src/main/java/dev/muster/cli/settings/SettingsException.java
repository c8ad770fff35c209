package dev.muster.cli.settings;

import java.io.Serial;
import java.util.List;

/// Everything that is wrong with the settings, all of it at once.
public final class SettingsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  SettingsException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
