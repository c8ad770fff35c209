package dev.muster.orchestrator.engine.instruction;

import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Whether a folder still holds what was taken from it, by names and SHA-256: to read 20,000 files
/// takes a second, to compile them ten times as long. It says so only where that is certain.
public final class SameTexts {
  private final Map<String, String> taken;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> others = ConcurrentHashMap.newKeySet();

  private SameTexts(Map<String, String> taken) {
    this.taken = taken;
  }

  /// @param taken SHA-256 of the texts, by the ids of their workers
  public static boolean in(Path folder, Map<String, String> taken) throws IOException {
    var same = new SameTexts(taken);
    var files = new InstructionFiles(same::look);
    files.add(folder);
    return files.allRead() && same.others.isEmpty() && same.seen.equals(taken.keySet());
  }

  /// A file that was not taken is no text that has changed: its name counts for its id.
  private Instruction look(String file, byte[] content) {
    var id = InstructionFiles.id(file);
    var digest = Sha256.of(content);
    if (id != null && digest.equals(taken.get(id))) seen.add(id);
    else if (id == null || taken.containsKey(id)) others.add(file);
    return Instruction.seen(file, id);
  }
}
