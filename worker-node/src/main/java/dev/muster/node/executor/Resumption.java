package dev.muster.node.executor;

import dev.muster.node.workspace.OperationContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an attempt begins: at its first block, or at one that somebody was asked about.
///
/// @param basis what the work is begun from; what was frozen from another basis is of no use
/// @param ordinal of the block to begin with
/// @param held what was asked about at that block; null when it was nothing, or is lost
/// @param notes why something that was asked about has to be asked again
record Resumption(String basis, int ordinal, @Nullable OperationContent held, List<String> notes) {
  Resumption {
    notes = List.copyOf(notes);
  }

  Contents contents(AttemptSetting setting, int at, String script) {
    return new Contents(setting, script, at == ordinal ? held : null);
  }

  /// What whoever is asked about this block must know of what was asked before.
  List<String> changes(int at, OperationContent now) {
    var changes = new ArrayList<>(notes);
    if (at == ordinal && held != null) changes.addAll(now.changesSince(held));
    return changes;
  }
}
