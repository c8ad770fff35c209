package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.client.References;
import dev.muster.cli.session.Link;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Text;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.text.Visible;
import dev.muster.protocol.view.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "results",
    description = "Where a run's results are, and what they say; of a worker: its result.")
final class Results extends Verb {
  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      defaultValue = "last",
      description = "A run, or RUN/WORKER_014.")
  String id = "last";

  @Option(names = "--to", paramLabel = "DIR", description = "Write them below this folder.")
  @Nullable String to;

  Results(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    return withNode(id.contains("/") || id.startsWith("WORKER_") ? this::worker : this::run);
  }

  @Command(
      description =
          "Fetch results from the node: those of a run, or of RUN/WORKER_014 what it delivered.")
  int get(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              defaultValue = "last",
              description = "A run, or RUN/WORKER_014.")
          String which,
      @Option(
              names = "--to",
              paramLabel = "DIR",
              defaultValue = ".",
              description = "A folder to unpack in (.), or FILE.zip.")
          String where) {
    return withNode(link -> {
      var references = new References(link.api());
      var isWorker = which.contains("/") || which.startsWith("WORKER_");
      var ref = isWorker ? references.worker(which, "last") : null;
      var run = ref == null ? references.run(which).view().id() : ref.run();
      var worker = ref == null ? null : ref.worker();
      if (worker == null) link.api().files().writeResults(run, null);
      print(new Fetching(link.api()).fetch(run, worker, context.path(where)));
      return Exit.OK;
    });
  }

  @Command(
      description =
          "What is different in the files that a worker has delivered: against its dependencies'"
              + " version, or the target as it is now.")
  int diff(
      @Parameters(paramLabel = "WORKER", description = "RUN/WORKER_014, or WORKER_014 of the last.")
          String worker,
      @Parameters(arity = "0..1", paramLabel = "PATH", description = "Only this file.")
          @Nullable String path,
      @Option(
              names = "--against",
              paramLabel = "RUN",
              description = "Against what the same worker of that run delivered.")
          @Nullable String against) {
    return withNode(link -> {
      var references = new References(link.api());
      var ref = references.worker(worker, "last");
      var earlier = against == null ? null : references.run(against).view().id();
      new FileDiffs(context, link.api()).print(ref, path, earlier);
      return Exit.OK;
    });
  }

  private void print(Fetching.Fetched fetched) {
    var path = fetched.path().toString();
    switch (context.output()) {
      case NAME -> terminal().data(path);
      case JSON, JSONL ->
          terminal()
              .data(
                  Json.line(
                      Json.MAPPER
                          .createObjectNode()
                          .put("path", path)
                          .put("files", fetched.files())));
      case TABLE, WIDE ->
          terminal()
              .data(
                  fetched.files() == 0
                      ? path
                      : Text.count(fetched.files(), "file") + " in " + path);
    }
  }

  private int worker(Link link) {
    var references = new References(link.api());
    var ref = references.worker(id, "last");
    var file =
        folder(references.run(ref.run()).view()).resolve("workers").resolve(ref.worker() + ".json");
    print(file);
    return Exit.OK;
  }

  private int run(Link link) {
    var found = new References(link.api()).run(id);
    var folder = folder(found.view());
    var isOwed = found.view().state().finished() && !areThere(found.view(), folder);
    if (isOwed || to != null) {
      folder = writeAgain(link, found.view().id(), folder);
      found = link.api().run(found.view().id());
    }
    switch (context.output()) {
      case NAME -> terminal().data(folder.toString());
      case JSON, JSONL -> print(folder.resolve("execution_summary.json"));
      case TABLE, WIDE -> new Ending(context, link, Duration.ZERO).print(found);
    }
    return Exit.OK;
  }

  /// To write the files of 20,000 workers again takes a minute.
  private static boolean areThere(RunView run, Path folder) {
    var results = run.results();
    return results != null
        && results.written()
        && Files.isRegularFile(folder.resolve("execution_summary.json"));
  }

  /// What a full disk kept from being written is in the journal; this brings it out.
  ///
  /// @return where they are now
  private Path writeAgain(Link link, String run, Path folder) {
    try {
      var elsewhere = to == null ? null : context.path(to).toString();
      var written = link.api().files().writeResults(run, elsewhere).path("folder").asText();
      return written.isEmpty() ? folder : Path.of(written);
    } catch (Refusal refusal) {
      if (refusal.exitCode() != Exit.NOT_ALLOWED || to != null) {
        throw refusal;
      }
      terminal().detail("the results are not written again: " + refusal.words());
      return folder;
    }
  }

  private static Path folder(RunView run) {
    return Path.of(run.settings().results(), run.id());
  }

  private void print(Path file) {
    if (context.output() == OutputFormat.NAME) {
      terminal().data(file.toString());
      return;
    }
    if (!Files.isRegularFile(file)) {
      throw new Refusal(
          Exit.NOT_FOUND,
          "expected a result at " + file + ", found none",
          "it is written when the worker or the run has ended; see: `muster runs list`");
    }
    try {
      var text = Files.readString(file);
      if (context.output() == OutputFormat.JSONL) {
        terminal().data(Json.line(Json.parse(text, file.toString())));
      } else {
        // An earlier version may have written it.
        terminal().raw(Visible.json(text.endsWith("\n") ? text : text + "\n"));
      }
    } catch (IOException e) {
      throw new Refusal(Exit.FAILED, "cannot read " + file + ": " + e.getMessage(), null, e);
    }
  }
}
