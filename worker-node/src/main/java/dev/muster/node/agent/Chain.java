package dev.muster.node.agent;

import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.agent.Link;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conversations in the artifact store, link by link.
public record Chain(Artifacts artifacts) {
  private static final String NAME = "agent-step";

  /// No conversation has as many; whoever reads one stops somewhere.
  private static final int LINKS_MAX = 20_000;

  /// @return SHA-256, by which it is found again; when this returns, it survives a crash
  public String add(Workspace workspace, Link link) throws IOException {
    var file = workspace.folder().resolve(NAME);
    Files.write(file, EventCodec.encode(link));
    try {
      return artifacts.put(file, NAME).sha256();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// All that led to this link, the first first.
  ///
  /// @throws IOException also when one is no longer in the store
  public List<Link> upTo(String head, Workspace workspace) throws IOException {
    var file = workspace.folder().resolve(NAME);
    var all = new ArrayDeque<Link>();
    try {
      for (@Nullable String next = head; next != null; next = all.getFirst().before()) {
        if (all.size() == LINKS_MAX) throw new IOException("the conversation has no beginning");
        artifacts.fetch(new Artifact(NAME, next, 0, false), file);
        all.addFirst(EventCodec.decode(Files.readAllBytes(file), Link.class));
      }
      return List.copyOf(all);
    } catch (UncheckedIOException e) {
      throw new IOException("a step of the conversation cannot be read: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
