package dev.muster.cli.follow;

import dev.muster.cli.view.RunWords;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What holds a run back, and since when it was seen to. The figures in a reason change from look
/// to look; it is the same hold as long as the same thing is held for the same kind of reason.
final class Held {
  private final Map<String, Instant> since = new HashMap<>();

  /// @param key tells holds apart
  /// @param words why, with numbers
  record Line(String key, Duration lasted, String words) {
    /// `held 12 s: …`
    String inWords() {
      return "held " + RunWords.elapsed(lasted) + ": " + words;
    }

    /// `held for 1 min 12 s: …`
    String goesOn() {
      return "held for " + RunWords.elapsed(lasted) + ": " + words;
    }
  }

  /// The holds of this moment, without what is the usual course of a run.
  List<Line> look(RunView run, Instant now) {
    var lines = new ArrayList<Line>();
    for (var hold : RunWords.unusual(run)) {
      var key = run.id() + " " + hold.wave() + " " + hold.kind() + " " + hold.subject();
      var began = since.computeIfAbsent(key, _ -> now);
      lines.add(new Line(key, Duration.between(began, now), RunWords.words(hold)));
    }
    since.keySet().retainAll(lines.stream().map(Line::key).toList());
    return lines;
  }
}
