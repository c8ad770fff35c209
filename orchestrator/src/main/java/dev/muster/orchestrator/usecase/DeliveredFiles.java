package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.readside.view.WorkerDetail;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.text.UnifiedDiff;
import dev.muster.protocol.view.FileDiff;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a worker has delivered, file by file, and what is different from what was there before.
public record DeliveredFiles(RunLookup lookup, Artifacts artifacts) {
  /// Of the larger of both.
  private static final int BYTES_MAX = 1 << 20;

  private static final int DIFF_CHARS_MAX = 64 << 10;
  private static final int DEPENDENCIES_MAX = 200;

  /// @param from who had it, as people are told; null when nobody
  private record Before(
      @Nullable String from, @Nullable String sha256, @Nullable ByteBuffer content) {
    private static final Before NOTHING = new Before(null, null, ByteBuffer.allocate(0));
  }

  /// @throws Refusal when the worker has not delivered it
  public Artifact find(String run, String worker, String path) {
    var detail = lookup.detail(run, worker);
    return delivered(detail).stream()
        .filter(it -> it.path().equals(path))
        .findFirst()
        .orElseThrow(() ->
            Refusal.unknown(
                "unknown-file",
                "%s has delivered no such file; its receipt lists those it has".formatted(worker)));
  }

  private static List<Artifact> delivered(WorkerDetail detail) {
    var receipt = detail.history().receipt();
    return receipt == null ? List.of() : receipt.deliverables();
  }

  /// @param against another run, whose worker of that id had it before; null for what the worker
  ///   itself found: its dependencies' version, else the target's as it is now
  public FileDiff diff(String run, String worker, String path, @Nullable String against) {
    var file = find(run, worker, path);
    var before =
        against == null
            ? found(run, worker, path)
            : of(lookup.detail(against, worker), path, against);
    var after = read(file);
    var words =
        new FileDiff(
            path, before.from(), before.sha256(), file.sha256(), file.bytes(), 0, 0, null, null);
    if (file.sha256().equals(before.sha256())) return words.without("it is the same");
    if (after == null) return words.without("it is no longer kept, or larger than 1 MiB");
    if (before.content() == null)
      return words.without("what was there is larger than 1 MiB, or cannot be read");
    var old = UnifiedDiff.text(before.content().array());
    var now = UnifiedDiff.text(after);
    if (old == null || now == null) return words.without("it is binary");
    return words.with(UnifiedDiff.of(old, now, DIFF_CHARS_MAX));
  }

  private Before found(String run, String worker, String path) {
    var asked = new HashSet<String>();
    var next = new ArrayList<>(lookup.worker(run, worker).dependencies());
    while (!next.isEmpty() && asked.size() < DEPENDENCIES_MAX) {
      var other = next.removeFirst();
      if (!asked.add(other)) continue;
      var before = of(lookup.detail(run, other), path, other);
      if (before.from() != null) return before;
      next.addAll(lookup.worker(run, other).dependencies());
    }
    return ofTarget(lookup.settings(run), path);
  }

  private Before of(WorkerDetail detail, String path, String from) {
    for (var it : delivered(detail)) {
      if (it.path().equals(path)) return new Before(from, it.sha256(), wrapped(read(it)));
    }
    return Before.NOTHING;
  }

  private static @Nullable ByteBuffer wrapped(byte @Nullable [] content) {
    return content == null ? null : ByteBuffer.wrap(content);
  }

  private byte @Nullable [] read(Artifact file) {
    if (file.bytes() > BYTES_MAX) return null;
    try {
      var bytes = artifacts.read(file.sha256(), 0, BYTES_MAX);
      return Sha256.of(bytes).equals(file.sha256()) ? bytes : null;
    } catch (IOException _) {
      return null;
    }
  }

  /// What workers never see of a target is not shown here either, and no link is followed, also
  /// none that takes a folder's place meanwhile.
  private static Before ofTarget(RunSettings settings, String path) {
    if (settings.targetArtifact() != null) return Before.NOTHING;
    var target = Path.of(settings.target());
    try {
      var at = target;
      for (var name : Path.of(path)) {
        if (isKept(at, name.toString(), settings)) return Before.NOTHING;
        at = at.resolve(name);
      }
      byte[] bytes;
      try (var folder = Files.newDirectoryStream(target)) {
        bytes = read(folder, Path.of(path));
      }
      return bytes.length > BYTES_MAX
          ? new Before("target", null, null)
          : new Before("target", Sha256.of(bytes), wrapped(bytes));
    } catch (IOException | IllegalArgumentException _) {
      return Before.NOTHING;
    }
  }

  /// From folder to folder, each opened in the one before: a path is looked up anew each time.
  ///
  /// @return at most a byte more than may be shown
  private static byte[] read(DirectoryStream<Path> folder, Path path) throws IOException {
    if (!(folder instanceof SecureDirectoryStream<Path> here)) {
      throw new IOException("this system opens no folder without following links");
    }
    var first = path.getName(0);
    if (path.getNameCount() > 1) {
      try (var below = here.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
        return read(below, path.subpath(1, path.getNameCount()));
      }
    }
    var kind =
        here.getFileAttributeView(first, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!kind.readAttributes().isRegularFile()) throw new IOException("it is no file");
    var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try (var in = Channels.newInputStream(here.newByteChannel(first, options))) {
      return in.readNBytes(BYTES_MAX + 1);
    }
  }

  private static boolean isKept(Path folder, String name, RunSettings settings) {
    var path = folder.resolve(name);
    return name.startsWith(".")
        || name.equals("muster.conf")
        || Files.exists(folder.resolve("operator.token"), LinkOption.NOFOLLOW_LINKS)
        || settings.hidden().stream().anyMatch(it -> path.startsWith(Path.of(it)));
  }
}
