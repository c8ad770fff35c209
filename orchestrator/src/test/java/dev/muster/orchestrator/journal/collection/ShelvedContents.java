package dev.muster.orchestrator.journal.collection;

import dev.muster.orchestrator.journal.storage.KeptArtifacts;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.StoredContents;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Contents in memory that know when they were put.
final class ShelvedContents implements StoredContents {
  final KeptArtifacts artifacts = new KeptArtifacts();
  final Map<String, Instant> putAt = new ConcurrentSkipListMap<>();

  /// Is asked before each removal.
  interface Removal {
    void before(String sha256) throws IOException;
  }

  Removal removal = _ -> {};

  String put(byte[] content, Instant at) {
    var sha256 = Sha256.of(content);
    artifacts.keep(sha256, content);
    putAt.put(sha256, at);
    return sha256;
  }

  @Override
  public List<Stored> shelf(int number) {
    return putAt.entrySet().stream()
        .filter(it -> it.getKey().startsWith("%02x".formatted(number)))
        .map(it -> new Stored(it.getKey(), it.getValue()))
        .toList();
  }

  @Override
  public long remove(String sha256, Instant putBefore) throws IOException {
    removal.before(sha256);
    var at = putAt.get(sha256);
    if (at == null || !at.isBefore(putBefore)) return -1;
    putAt.remove(sha256);
    return 1;
  }
}
