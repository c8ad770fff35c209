package dev.muster.node.executor;

import dev.muster.node.sandbox.SandboxLimits;
import dev.muster.node.tools.Boundaries;
import dev.muster.node.workspace.OperationContent.Seen;
import dev.muster.protocol.approval.Enforced;
import dev.muster.protocol.approval.Enforced.Place;
import dev.muster.protocol.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts into words what keeps a worker while one of its operations is asked about: the same
/// sandbox, permit and rules that will, and nothing that its prompt or its file only asks for.
record Confines(AttemptSetting setting) {
  private static final int LINES_MAX = 50;
  private static final int LINE_CHARS_MAX = 300;

  /// @param folders that the permit makes writable
  /// @param network whether the permit is for the network
  /// @param target how much of it can be read
  Enforced of(PermittedFolders folders, boolean network, Seen target) {
    var isolated = setting.workplace().sandbox().isolates();
    var boundaries = boundaries();
    return new Enforced(
        lines(commands(boundaries)),
        network(boundaries, network, isolated),
        lines(writes(boundaries, folders, isolated)),
        lines(forbids(boundaries, isolated)),
        lines(boundaries == null ? List.of() : boundaries.unenforced()),
        isolated ? places(folders, target) : List.of());
  }

  /// Null for scripts of a file: they are kept by the sandbox and by what is asked about.
  private @Nullable Boundaries boundaries() {
    var instruction = setting.instruction();
    var brief = instruction.brief();
    return brief == null ? null : new Boundaries(brief.boundaries(), instruction.deliverables());
  }

  private List<String> commands(@Nullable Boundaries boundaries) {
    var lines = new ArrayList<String>();
    lines.add(setting.workplace().sandbox().describe());
    lines.add(bounds(setting.workplace().limits()));
    if (boundaries != null) {
      Boundaries.refusedScripts().forEach(it -> lines.add("refused and recorded: " + it));
    }
    return lines;
  }

  private static String bounds(SandboxLimits it) {
    return "each script: at most %d MiB of memory, %d processes, %d MiB in the workspace"
        .formatted(it.memoryBytes() >> 20, it.processesMax(), it.workspaceBytesMax() >> 20);
  }

  private static String network(@Nullable Boundaries boundaries, boolean asked, boolean isolated) {
    if (!isolated) return "yes: there is no sandbox";
    if (asked) return "yes, for this operation alone; never the ports of a node";
    var rule = boundaries == null ? null : boundaries.keepsFromNetwork();
    return rule == null ? "no; each use of it is asked about" : "no, and never: " + shown(rule);
  }

  private List<String> writes(
      @Nullable Boundaries boundaries, PermittedFolders folders, boolean isolated) {
    var lines = new ArrayList<String>();
    lines.add(isolated ? "its workspace" : "whatever the user of this node may write");
    folders.folders().forEach(it -> lines.add("%s, for this operation alone".formatted(it)));
    if (boundaries != null) {
      boundaries.deliverables().forEach(it -> lines.add("its deliverable " + it));
      lines.addAll(boundaries.enforced(true));
    }
    return lines;
  }

  private List<String> forbids(@Nullable Boundaries boundaries, boolean isolated) {
    var lines = new ArrayList<String>();
    if (isolated) lines.add("anything else of this host: the sandbox keeps it from there");
    if (boundaries != null) lines.addAll(boundaries.enforced(false));
    return lines;
  }

  private List<Place> places(PermittedFolders folders, Seen seen) {
    var limits = setting.workplace().limits();
    var places = new ArrayList<Place>();
    places.add(new Place("/muster/work", true, "its workspace"));
    limits.paths().forEach(it -> places.add(place(it, true, "its workspace by another name")));
    folders.folders().forEach(it -> places.add(place(it, true, "what is asked for here")));
    places.add(new Place("/muster/inputs", false, "what it was handed in"));
    places.add(place(setting.target().path(), false, target(seen)));
    limits.environments().forEach(it -> places.add(place(it, false, "a prepared language")));
    places.add(new Place("/usr", false, "programs of this host, and what they need to start"));
    return places.stream().limit(LINES_MAX).toList();
  }

  private static Place place(Object path, boolean writable, String what) {
    return new Place(shown(path.toString()), writable, what);
  }

  private static String target(Seen seen) {
    return switch (seen) {
      case NAMED -> "a copy of what it declares that it reads of the target";
      case WHOLE -> "a copy of the target";
      case SEALED -> "the target as it was packed";
      case NOTHING -> "the target, of which it finds nothing";
      case LIVE, UNKNOWN -> "the target";
    };
  }

  /// Somebody else wrote them.
  private static List<String> lines(List<String> all) {
    var more = all.size() - LINES_MAX;
    return Stream.concat(
            all.stream().limit(LINES_MAX).map(Confines::shown),
            more > 0 ? Stream.of("and %d more".formatted(more)) : Stream.empty())
        .toList();
  }

  private static String shown(String text) {
    var line = text.length() <= LINE_CHARS_MAX ? text : text.substring(0, LINE_CHARS_MAX - 1) + "…";
    return Visible.line(line);
  }
}
