package dev.muster.cli.verb;

import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.OutputFormat;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.Listing;
import dev.muster.cli.view.ModelListings;
import dev.muster.client.Fetched;
import dev.muster.host.refusal.Exit;
import dev.muster.host.settings.Settings;
import dev.muster.protocol.view.ModelsView;
import java.nio.file.Files;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "models", description = "Language models: list, test.")
final class ModelsVerb extends Noun {
  private static final String EXAMPLE =
      """
        models {
          providers.ollama { kind = ollama }   # http://127.0.0.1:11434, without a key
          providers.openai { kind = openai }   # its key from OPENAI_API_KEY
          profiles.local  { targets = ["ollama/codellama:13b"], suits = [mechanical] }
          profiles.strong { targets = ["openai/gpt-4"], suits = [hybrid, creative] }
        }\
      """;

  ModelsVerb(Context context) {
    super(context);
  }

  @Command(description = "Providers and profiles, and what calling them came to.")
  int list() {
    var settings = context.settings();
    var isTable = context.output() == OutputFormat.TABLE || context.output() == OutputFormat.WIDE;
    if (isTable && settings.models().providers().isEmpty() && nothingHasRun(settings)) {
      explain();
      return Exit.OK;
    }
    return withModels(
        settings,
        link -> {
          var models = link.api().system().models();
          var view = models.view();
          switch (context.output()) {
            case JSON, JSONL ->
                Listing.printOne(terminal(), context.output(), models, "", () -> {});
            case NAME -> view.profiles().forEach(it -> terminal().data(it.name()));
            case TABLE, WIDE -> tables(models);
          }
          return Exit.OK;
        });
  }

  private static boolean nothingHasRun(Settings settings) {
    return settings.server() == null && !Files.isDirectory(settings.data());
  }

  /// Models are tried before anything else has run.
  static Need need(Settings settings) {
    return nothingHasRun(settings) ? Need.HOST : Need.CONTROL;
  }

  private int withModels(Settings settings, NodeWork work) {
    try (var link = context.link(need(settings))) {
      return work.with(link);
    }
  }

  private void tables(Fetched<ModelsView> models) {
    var view = models.view();
    var format = context.output();
    var providers = models.raw().path("providers");
    if (!view.providers().isEmpty()) {
      var shown = new ArrayList<Fetched<ModelsView.Provider>>();
      for (var it : view.providers()) shown.add(new Fetched<>(providers.path(shown.size()), it));
      ModelListings.providers(context.pace().now()).print(terminal(), format, shown, "");
      terminal().data("");
    }
    if (!view.endpoints().isEmpty()) {
      var shown = new ArrayList<Fetched<ModelsView.Endpoint>>();
      var raw = models.raw().path("endpoints");
      for (var it : view.endpoints()) shown.add(new Fetched<>(raw.path(shown.size()), it));
      ModelListings.endpoints().print(terminal(), format, shown, "");
      terminal().data("");
    }
    if (!view.profiles().isEmpty()) {
      var shown = view.profiles().stream().map(it -> new Fetched<>(providers, it)).toList();
      ModelListings.profiles().print(terminal(), format, shown, "");
    }
    if (view.since() != null) {
      terminal().say("Counted since " + Text.time(view.since()) + ", for all nodes together.");
    }
    if (view.problem() != null) terminal().warn(view.problem());
    if (!view.used().isEmpty()) {
      terminal().data("");
      var used = models.raw().path("used");
      var shown = view.used().stream().map(it -> new Fetched<>(used, it)).toList();
      ModelListings.used().print(terminal(), format, shown, "");
      terminal().say("Asked by the agents of " + view.run() + ".");
    }
    if (view.missing() != null) explain();
  }

  private void explain() {
    terminal()
        .prose(
            "No model is set up, so that only workers with an EXECUTION can run, and those whose"
                + " answers a tape holds (a folder's cassette.jsonl, or `run --replay`). Name a"
                + " provider and a profile in "
                + context.caller().userFile()
                + ", such as");
    terminal().data(EXAMPLE);
    terminal().prose("then start the node anew, and see whether it answers:");
    terminal().data("  muster models test local");
  }

  @Command(
      description = "Ask a profile for one word, which may cost something.",
      footer = {"", "Exit code: 0 it answered, 1 it did not."})
  int test(@Parameters(paramLabel = "PROFILE", description = "Its name.") String profile) {
    return withModels(
        context.settings(),
        link -> {
          var test = link.api().system().testModel(profile);
          Listing.printOne(
              terminal(),
              context.output(),
              test,
              Text.line(profile),
              () -> {
                for (var it : test.view().tries()) {
                  terminal()
                      .prose(
                          "  %s/%s %s"
                              .formatted(it.provider(), it.model(), Text.line(it.failure())));
                }
                terminal().prose(ModelListings.tested(test.view()));
              });
          if (context.output() == OutputFormat.NAME && !test.view().answered()) {
            terminal().error(ModelListings.tested(test.view()));
          }
          return test.view().answered() ? Exit.OK : Exit.FAILED;
        });
  }
}
