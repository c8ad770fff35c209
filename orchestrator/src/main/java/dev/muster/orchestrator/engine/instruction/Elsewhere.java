package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// Finds `Depends on: WORKER_003` under headings where nobody looks for it.
final class Elsewhere {
  private static final Pattern AWAITS =
      Pattern.compile(
          "(?i)^(?:depends on|dependenc(?:y|ies)|blocked by|requires|waits"
              + " for|prerequisites?)\\s*:.*");

  private Elsewhere() {}

  /// One sentence for each worker who is not awaited anyway.
  static List<LooseEnds.Loose> named(ParsedInstruction parsed, IntPredicate awaited) {
    var named = new ArrayList<LooseEnds.Loose>();
    for (var sections : parsed.others().values()) {
      for (var section : sections) {
        for (var line : section.lines()) {
          var text = PlainText.of(ItemText.orPlain(line.text()));
          if (line.trailer() || !AWAITS.matcher(text).matches()) continue;
          for (var id : Explanation.names(text)) {
            if (awaited.test(WorkerIds.number(id))) continue;
            var said = id + " is not waited for: under '" + section.heading() + "' it is not read";
            named.add(new LooseEnds.Loose(line.number(), said));
          }
        }
      }
    }
    return named;
  }
}
