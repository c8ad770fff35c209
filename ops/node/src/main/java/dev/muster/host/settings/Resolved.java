package dev.muster.host.settings;

/// The value of one setting and where it came from: `flag --port`, `environment MUSTER_PORT`, a
/// file with its line, or `default`.
public record Resolved(Setting setting, String value, String origin) {
  /// The value as it may be shown to people.
  public String shown() {
    return setting.secret() && !value.isEmpty() ? "***" : value;
  }
}
