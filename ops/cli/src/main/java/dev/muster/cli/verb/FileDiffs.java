package dev.muster.cli.verb;

import dev.muster.cli.client.References;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.client.Api;
import dev.muster.client.Fetched;
import dev.muster.protocol.text.Scrutiny;
import dev.muster.protocol.view.FileDiff;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints what is different in what a worker has delivered, file by file.
record FileDiffs(Context context, Api api) {
  private static final int FILES_MAX = 100;

  /// @param path null for all it has delivered
  /// @param against another run; null for what the worker itself found
  void print(References.WorkerRef ref, @Nullable String path, @Nullable String against) {
    var paths = path == null ? delivered(ref) : List.of(path);
    var diffs =
        paths.stream()
            .limit(FILES_MAX)
            .map(it -> api.files().diff(ref.run(), ref.worker(), it, against))
            .toList();
    var terminal = context.terminal();
    if (context.output() != OutputFormat.TABLE && context.output() != OutputFormat.WIDE) {
      new Listing<FileDiff>(FileDiff::path).print(terminal, context.output(), diffs, "");
      return;
    }
    if (diffs.isEmpty()) terminal.say("It has delivered nothing yet.");
    diffs.stream().map(Fetched::view).forEach(this::one);
    if (paths.size() > FILES_MAX) {
      terminal.say(
          "The first %d of %d files; name one to see another.".formatted(FILES_MAX, paths.size()));
    }
  }

  private List<String> delivered(References.WorkerRef ref) {
    var paths = new ArrayList<String>();
    var receipt = api.worker(ref.run(), ref.worker()).raw().path("receipt");
    receipt.path("deliverables").forEach(it -> paths.add(it.path("path").asText()));
    return paths;
  }

  private void one(FileDiff it) {
    var terminal = context.terminal();
    var from = it.from() == null ? "nobody had it before" : "against " + Text.line(it.from());
    terminal.data(
        terminal.styledMessage(Style.BOLD, Scrutiny.line(it.path()))
            + "  %s, %s".formatted(Text.count(it.bytesAfter(), "byte"), from));
    var diff = it.diff();
    if (diff != null) for (var line : Scrutiny.lines(diff)) terminal.data("  " + line);
    if (it.why() != null) terminal.data("  (" + Text.line(it.why()) + ")");
  }
}
