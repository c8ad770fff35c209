package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.engine.plan.WriteScopes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who may write where just now: those under way, and those who wait for one of them, so that they
/// are not overtaken for ever. A path stands for all that is below it, too.
final class Writing {
  private final Map<String, String> at = new HashMap<>();

  /// By folder: somebody who may write in it.
  private final Map<String, String> below = new HashMap<>();

  /// Where two would meet.
  ///
  /// @param path that the other may write
  record Clash(String worker, String path) {}

  Writing(Stream<Member> underWay) {
    underWay.forEach(this::begin);
  }

  void begin(Member member) {
    for (var path : member.planned().writes()) {
      at.putIfAbsent(path, member.id());
      for (var folder : WriteScopes.above(path)) below.putIfAbsent(folder, member.id());
    }
  }

  /// Null when it gets in nobody's way.
  @Nullable Clash clash(Member member) {
    for (var path : member.planned().writes()) {
      var same = at.get(path);
      if (same != null) return new Clash(same, path);
      for (var folder : WriteScopes.above(path)) {
        var wider = at.get(folder);
        if (wider != null) return new Clash(wider, folder);
      }
      var narrower = below.get(path);
      if (narrower != null) return new Clash(narrower, "in " + path);
    }
    return null;
  }
}
