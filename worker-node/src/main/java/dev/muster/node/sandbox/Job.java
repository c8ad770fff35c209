package dev.muster.node.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One script to run, and everything it may see and change. All paths are absolute.
///
/// @param script file with the script, outside every folder the script can write
/// @param names who runs: becomes MUSTER_RUN, MUSTER_WORKER and MUSTER_ATTEMPT
/// @param work the only folder that is always writable, and where the script starts
/// @param inputs read-only
/// @param scratch a folder for temporary files, used where there is no private `/tmp`
/// @param target read-only, at its own path
/// @param targetContent what is seen there: the same path, unless it is a copy from another node
/// @param hidden masked wherever they would be visible
/// @param writes folders outside the workspace that a permit made writable
/// @param reads folders outside the target that may be read
/// @param network whether the host's network can be reached
/// @param proves whether it is a test, and must not be steered by what it tests
/// @param secrets what a permit gives it besides
/// @param gateway a socket that the script finds at `JobView.GATEWAY`; null for none
/// @param startsInTarget the script starts in the target and cannot write its workspace either
public record Job(
    Path script,
    Names names,
    Path work,
    Path inputs,
    Path scratch,
    Path target,
    Path targetContent,
    List<Path> hidden,
    List<Path> writes,
    List<Path> reads,
    boolean network,
    boolean startsInTarget,
    Duration timeLimit,
    boolean proves,
    Secrets secrets,
    @Nullable Path gateway) {
  public Job {
    hidden = List.copyOf(hidden);
    writes = List.copyOf(writes);
    reads = List.copyOf(reads);
  }

  public record Names(String run, String worker, int attempt) {}

  /// A job that may do the least: an attempt's own folders, and the target for reading.
  public static Job plain(
      Names names, Path work, Path inputs, Path scratch, Path target, List<Path> hidden) {
    return new Job(
        work,
        names,
        work,
        inputs,
        scratch,
        target,
        target,
        hidden,
        List.of(),
        List.of(),
        false,
        false,
        Duration.ZERO,
        false,
        Secrets.NONE,
        null);
  }

  /// This job on a copy of its target.
  public Job seeing(Path copy) {
    return with(draft -> draft.targetContent = copy);
  }

  /// Whether the target is a copy, and nothing else of this host is at its path.
  boolean seesCopy() {
    return !target.equals(targetContent);
  }

  /// This job with its script.
  public Job running(Path file, Duration limit) {
    return with(draft -> {
      draft.script = file;
      draft.timeLimit = limit;
    });
  }

  /// This job in another folder.
  public Job in(Path folder) {
    return with(draft -> draft.work = folder);
  }

  /// This job as a test of what is in its folder.
  public Job proving() {
    return with(draft -> draft.proves = true);
  }

  /// This job with what a permit allows.
  public Job widened(List<Path> permitted, boolean withNetwork) {
    return with(draft -> {
      draft.writes = permitted;
      draft.network = withNetwork;
    });
  }

  /// This job with values that a permit gives it.
  public Job holding(Secrets given) {
    return with(draft -> draft.secrets = given);
  }

  /// This job with folders that it may read.
  public Job reading(List<Path> folders) {
    return with(draft -> draft.reads = folders);
  }

  /// This job with a way to whoever listens there.
  public Job asking(Path socket) {
    return with(draft -> draft.gateway = socket);
  }

  /// This job as a look from the target that changes nothing.
  public Job looking(List<Path> alsoReads) {
    return with(draft -> {
      draft.writes = List.of();
      draft.reads = alsoReads;
      draft.network = false;
      draft.startsInTarget = true;
      draft.secrets = Secrets.NONE;
      draft.gateway = null;
    });
  }

  private Job with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /// A job that is about to differ from another.
  private static final class Draft {
    private Path script;
    private Path work;
    private Path targetContent;
    private List<Path> writes;
    private List<Path> reads;
    private boolean network;
    private boolean startsInTarget;
    private Duration timeLimit;
    private boolean proves;
    private Secrets secrets;
    private @Nullable Path gateway;
    private final Job like;

    Draft(Job like) {
      this.like = like;
      this.script = like.script;
      this.work = like.work;
      this.targetContent = like.targetContent;
      this.writes = like.writes;
      this.reads = like.reads;
      this.network = like.network;
      this.startsInTarget = like.startsInTarget;
      this.timeLimit = like.timeLimit;
      this.proves = like.proves;
      this.secrets = like.secrets;
      this.gateway = like.gateway;
    }

    Job done() {
      return new Job(
          script,
          like.names,
          work,
          like.inputs,
          like.scratch,
          like.target,
          targetContent,
          like.hidden,
          writes,
          reads,
          network,
          startsInTarget,
          timeLimit,
          proves,
          secrets,
          gateway);
    }
  }
}
