package dev.muster.node.agent;

import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Entry.Begun;
import dev.muster.protocol.agent.Entry.Heard;
import dev.muster.protocol.agent.Entry.Intent;
import dev.muster.protocol.agent.Entry.Nudge;
import dev.muster.protocol.agent.Entry.Outcome;
import dev.muster.protocol.agent.Entry.Repair;
import dev.muster.protocol.agent.Entry.Summary;
import dev.muster.protocol.agent.Entry.Turn;
import dev.muster.protocol.agent.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a conversation shorter without asking anybody: of its beginning there remains a line for
/// each thing that was said and done, and of those lines the newest. It cannot fail, costs nothing,
/// and makes nothing up. Pure.
record Shortening(Conversation conversation) {
  private static final int LINE_CHARS_MAX = 240;
  private static final int LINES_CHARS_MAX = 12_000;
  private static final String HEAD = "So far, in short (the oldest is left out):";

  /// @param tokensMax of the whole request; half of it is kept as it stands
  /// @return null when there are no whole turns to shorten
  @Nullable Summary to(long tokensMax) {
    var links = conversation.links();
    var turns = new ArrayList<Integer>();
    for (var at = 0; at < links.size(); at++) {
      if (links.get(at).entry() instanceof Turn) turns.add(at);
    }
    var done = conversation.lastSummary();
    var from = done == null ? 0 : ((Summary) done.entry()).upTo();
    // The last turn stays: its calls may be looked for.
    for (var turn : turns) {
      var upTo = links.get(turn).ordinal() - 1;
      if (upTo <= from || upTo <= links.getFirst().ordinal()) continue;
      var summary = new Summary(text(upTo), upTo);
      var last = turn.equals(turns.getLast());
      if (last || tokens(summary) <= tokensMax / 2) return fits(summary, tokensMax);
    }
    return null;
  }

  private @Nullable Summary fits(Summary summary, long tokensMax) {
    return tokens(summary) <= tokensMax ? summary : null;
  }

  private long tokens(Summary summary) {
    var last = conversation.links().getLast();
    var shorter = conversation.with(new Link(last.ordinal() + 1, null, summary));
    return new Request(shorter).make().tokensAbout();
  }

  private String text(int upTo) {
    var lines = new ArrayList<String>();
    for (var link : conversation.links()) {
      if (link.ordinal() <= upTo) lines.addAll(lines(link.entry()));
    }
    var chars = 0;
    var from = lines.size();
    while (from > 0 && chars + lines.get(from - 1).length() < LINES_CHARS_MAX) {
      chars += lines.get(--from).length() + 1;
    }
    return HEAD + "\n" + String.join("\n", lines.subList(from, lines.size()));
  }

  private static List<String> lines(Entry entry) {
    return switch (entry) {
      case Turn turn -> {
        var lines = new ArrayList<String>();
        if (!turn.text().isBlank()) lines.add("- you said: " + line(turn.text()));
        for (var call : turn.calls()) {
          lines.add("- you called %s %s".formatted(call.name(), line(call.arguments())));
        }
        yield lines;
      }
      case Outcome it ->
          List.of("  %s: %s".formatted(it.failed() ? "failed" : "done", line(it.text())));
      case Repair it -> List.of("  the tests failed: " + line(it.text()));
      case Nudge it -> List.of("- you were told: " + line(it.text()));
      case Heard it -> List.of("- other workers said: " + line(it.text()));
      case Begun _, Intent _, Summary _, Entry.Raised _, Entry.Session _, Entry.Aside _ ->
          List.of();
    };
  }

  private static String line(String text) {
    var flat = text.strip().replaceAll("\\s+", " ");
    return flat.length() <= LINE_CHARS_MAX ? flat : flat.substring(0, LINE_CHARS_MAX) + "…";
  }
}
