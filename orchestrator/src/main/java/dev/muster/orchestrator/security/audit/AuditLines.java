package dev.muster.orchestrator.security.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The file in which a node keeps what it has appended: what the table must still hold.
///
/// @param file since it was begun, on the same day mostly; what is older is in files beside it
record AuditLines(Path file) {
  private static final Pattern LINE =
      Pattern.compile("\\{\"seq\":(\\d{1,18}),.*\"hash\":\"([0-9a-f]{64})\"\\}");

  static String line(Chain.Link link) {
    return "{\"seq\":%d,\"entry\":%s,\"previous\":\"%s\",\"hash\":\"%s\"}"
        .formatted(link.seq(), link.entry(), link.previous(), link.hash());
  }

  /// Hashes by number. Of two with one number the older: the other was written in its place.
  NavigableMap<Long, String> hashes() {
    NavigableMap<Long, String> hashes = new TreeMap<>();
    if (!Files.isRegularFile(file)) return hashes;
    try (var lines = Files.lines(file)) {
      lines
          .map(LINE::matcher)
          .filter(it -> it.matches())
          .map(it -> Map.entry(Long.valueOf(it.group(1)), it.group(2)))
          .forEach(it -> hashes.putIfAbsent(it.getKey(), it.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hashes;
  }
}
