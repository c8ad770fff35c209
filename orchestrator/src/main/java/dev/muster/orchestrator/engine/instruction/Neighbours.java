package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Instruction.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder in which one file is being written. Only that file is compiled at each pause: the
/// others are as they were read, and what shows only beside them is worked out anew when the file
/// says something else about itself, of its dependencies or of what it delivers, and not when a
/// sentence changes.
///
/// Not for several threads at once.
public final class Neighbours {
  private final Workforce workforce;
  private final ReadBefore files;
  private final Map<Path, FileTime> folders;
  private final Map<String, Instruction> byName;
  private @Nullable Beside beside;

  private Neighbours(
      Workforce workforce, ReadBefore files, Map<Path, FileTime> folders, Path folder) {
    this.workforce = workforce;
    this.files = files;
    this.folders = folders;
    this.byName = new HashMap<>();
    var root = folder.toAbsolutePath().normalize();
    for (var it : workforce.instructions()) byName.putIfAbsent(within(root, it), it);
  }

  /// All that others can see of a file.
  private record Relations(
      String file,
      @Nullable String id,
      Placement placement,
      List<Reference> dependencies,
      List<LooseEnds.Loose> loose,
      Deliverables deliverables,
      boolean isForAgents,
      @Nullable String role) {
    static Relations of(Instruction it) {
      var compiled = it.compiled();
      var brief = compiled == null ? null : compiled.brief();
      return new Relations(
          it.file(),
          it.id(),
          it.placement(),
          it.dependencies(),
          it.loose(),
          it.deliverables(),
          brief != null,
          brief == null ? null : brief.role());
    }
  }

  private record Beside(Relations relations, List<Finding> findings) {}

  /// @param before an earlier look at the same folder; null for none
  public static Neighbours read(Path folder, @Nullable Neighbours before) throws IOException {
    var files = before == null ? ReadBefore.first() : before.files.next();
    var workforce = Workforce.read(folder, files);
    return new Neighbours(workforce, files, modified(folder, workforce), folder);
  }

  /// How a file is called within its folder.
  public static String within(Path folder, Instruction it) {
    var file = Path.of(it.file()).toAbsolutePath().normalize();
    return file.startsWith(folder) ? folder.relativize(file).toString() : it.file();
  }

  private static Map<Path, FileTime> modified(Path folder, Workforce workforce) throws IOException {
    Set<Path> all = new HashSet<>(Set.of(folder));
    for (var it : workforce.instructions()) {
      var parent = Path.of(it.file()).getParent();
      if (parent != null) all.add(parent);
    }
    Map<Path, FileTime> modified = new HashMap<>();
    for (var it : all) modified.put(it, Files.getLastModifiedTime(it));
    return modified;
  }

  /// Whether a file has come, gone or been replaced, as far as its folder knows; what was written
  /// into a file shows when the folder is read again.
  public boolean hasChanged() {
    for (var it : folders.entrySet()) {
      try {
        if (!Files.getLastModifiedTime(it.getKey()).equals(it.getValue())) return true;
      } catch (IOException _) {
        return true;
      }
    }
    return false;
  }

  /// What its runs are called by.
  public String workforceName() {
    return workforce.name();
  }

  public boolean isEmpty() {
    return workforce.isEmpty();
  }

  /// @param name within the folder
  public @Nullable Instruction named(String name) {
    return byName.get(name);
  }

  /// What lint would say about a file of the folder, had it this content.
  public FileReport judge(String file, byte[] content) {
    var it = InstructionFiles.of(file, content);
    var relations = Relations.of(it);
    var known = beside;
    if (known == null || !known.relations().equals(relations)) {
      var found = Linter.across(workforce.with(it)).getOrDefault(file, List.of());
      known = new Beside(relations, found);
      beside = known;
    }
    var all = new ArrayList<>(it.findings());
    all.addAll(known.findings());
    return FileReport.of(it, Linter.finish(it, all, Linter.Options.DEFAULT));
  }
}
