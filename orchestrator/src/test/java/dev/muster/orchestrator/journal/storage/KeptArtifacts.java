package dev.muster.orchestrator.journal.storage;

import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Contents in memory, under whatever digest a test gives them.
public final class KeptArtifacts implements Artifacts {
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

  public void keep(String sha256, byte[] content) {
    contents.put(sha256, content);
  }

  @Override
  public String put(Path file) throws IOException {
    var content = Files.readAllBytes(file);
    keep(Sha256.of(content), content);
    return Sha256.of(content);
  }

  @Override
  public boolean holds(String sha256) {
    return contents.containsKey(sha256);
  }

  @Override
  public void fetch(String sha256, Path to) throws IOException {
    Files.write(to, content(sha256));
  }

  @Override
  public byte[] read(String sha256, long from, int bytesMax) throws IOException {
    var content = content(sha256);
    var start = (int) Math.min(from, content.length);
    return Arrays.copyOfRange(content, start, Math.min(content.length, start + bytesMax));
  }

  private byte[] content(String sha256) throws IOException {
    var content = contents.get(sha256);
    if (content == null) throw new NoSuchFileException(sha256);
    return content;
  }
}
