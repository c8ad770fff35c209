package dev.muster.node.sandbox;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Recognises what programs print when there is no network, since none of them can know that it was
/// never there.
final class NetworkRefused {
  private static final List<String> SIGNS =
      List.of(
          "could not resolve",
          "couldn't resolve",
          "failed to resolve",
          "unable to resolve",
          "name resolution",
          "name or service not known",
          "network is unreachable",
          "network unreachable",
          "getaddrinfo",
          "eai_again",
          "unknownhostexception",
          "no such host");

  private NetworkRefused() {}

  /// What to do about it; null when the step failed for another reason, or had a network.
  static @Nullable String note(Job job, int exitCode, @Nullable String lastLine) {
    if (exitCode == 0 || job.network() || lastLine == null) return null;
    var line = lastLine.toLowerCase(Locale.ROOT);
    return SIGNS.stream().anyMatch(line::contains)
        ? "it has no network; an EXECUTION block gets one with network=true, a test never"
        : null;
  }
}
