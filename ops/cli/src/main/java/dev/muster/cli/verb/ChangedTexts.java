package dev.muster.cli.verb;

import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.view.TextChanges;
import java.util.List;

/// Says that files are not what a run took from them.
final class ChangedTexts {
  private static final int NAMED_MAX = 10;

  private ChangedTexts() {}

  /// Those of the workers named, or of all when none is.
  static TextChanges of(TextChanges all, List<String> workers) {
    if (workers.isEmpty()) return all;
    var items = all.items().stream().filter(it -> workers.contains(it.worker())).toList();
    return new TextChanges(
        all.run(), items, items.isEmpty() ? List.of() : all.rests(), all.refused());
  }

  /// A folder that cannot be read now is no reason to refuse what does not need it.
  static void tell(Terminal terminal, Link link, String run, List<String> workers) {
    TextChanges changes;
    try {
      changes = of(link.api().changes(run), workers);
    } catch (Refusal _) {
      return;
    }
    for (var changed : changes.items().subList(0, Math.min(NAMED_MAX, changes.items().size()))) {
      terminal.say(
          Text.line(changed.file())
              + " has changed since this run took it; `muster retry "
              + run
              + " --refresh` takes the new text.");
    }
    if (changes.items().size() > NAMED_MAX) {
      terminal.say("So have " + (changes.items().size() - NAMED_MAX) + " more files.");
    }
    changes.refused().forEach(why -> terminal.say(Text.line(why)));
  }

  static String named(List<String> workers) {
    var some = String.join(", ", workers.subList(0, Math.min(NAMED_MAX, workers.size())));
    return workers.size() <= NAMED_MAX
        ? some
        : some + " and " + (workers.size() - NAMED_MAX) + " more";
  }
}
