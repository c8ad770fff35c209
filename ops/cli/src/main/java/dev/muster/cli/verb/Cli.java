package dev.muster.cli.verb;

import dev.muster.cli.client.Refusals;
import dev.muster.cli.terminal.LostOutput;
import dev.muster.client.ApiException;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.SettingsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as a whole: parses, runs the verb, and turns whatever went wrong into words and
/// an exit code.
public final class Cli {
  private static final Set<List<String>> VERSION =
      Set.of(List.of("version"), List.of("--version"), List.of("-V"));

  private final Context context;

  /// The parser prints help by itself, and would print a stack trace where it cannot.
  private final StringWriter help = new StringWriter();

  Cli(Context context) {
    this.context = context;
  }

  /// @return the exit code
  public static int run(Context context, String... args) {
    // Scripts ask for the version to see whether there is a Muster; no parser need be loaded for
    // it.
    var cli = new Cli(context);
    try {
      var code =
          VERSION.contains(List.of(args))
              ? new ShowVersion(context).call()
              : cli.commandLine(List.of(args)).execute(args);
      context.terminal().raw(cli.help.getBuffer());
      context.terminal().flush();
      return code;
    } catch (LostOutput lost) {
      return cli.lost(lost);
    }
  }

  /// Whoever reads only the beginning, as `| head -1` does, has what they want.
  private int lost(LostOutput lost) {
    if (!lost.wanted()) {
      context.terminal().error(lost.words());
    }
    return lost.exitCode();
  }

  CommandLine commandLine(List<String> args) {
    var factory = new VerbFactory(context);
    var commandLine = new CommandLine(Muster.class, factory);
    Verbs.named(args)
        .forEach((name, verb) -> commandLine.addSubcommand(name, new CommandLine(verb, factory)));
    commandLine.registerConverter(Duration.class, new DurationConverter());
    // A file may be named like one, and `muster lint *` would take its content for arguments.
    commandLine.setExpandAtFiles(false);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(false);
    commandLine.setUsageHelpWidth(context.terminal().helpColumns());
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    commandLine.setOut(new PrintWriter(help));
    commandLine.setErr(new PrintWriter(context.streams().err(), true, StandardCharsets.UTF_8));
    commandLine.setParameterExceptionHandler(this::misused);
    commandLine.setExecutionExceptionHandler(this::failed);
    Help.install(commandLine, UsageMessageSpec.SECTION_KEY_OPTION_LIST);
    return commandLine;
  }

  private int misused(ParameterException e, String[] args) {
    var terminal = context.terminal();
    terminal.error(Misuse.words(e));
    if (e instanceof UnmatchedArgumentException unmatched) {
      // A slip of the finger seldom takes the first letter; the parser always finds something
      // alike.
      var typed = unmatched.getUnmatched().getFirst();
      var suggestions =
          unmatched.getSuggestions().stream()
              .filter(it -> !typed.isEmpty() && it.startsWith(typed.substring(0, 1)))
              .toList();
      if (!suggestions.isEmpty()) {
        terminal.show("  did you mean: " + String.join(", ", suggestions));
      }
    }
    terminal.show("  try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return Exit.USAGE;
  }

  private int failed(Exception e, CommandLine commandLine, ParseResult parsed) {
    return switch (e) {
      case Muster.MissingVerb _ -> missingVerb(commandLine);
      case Refusal refusal -> refused(refusal);
      case ApiException failed -> refused(Refusals.of(failed));
      case SettingsException settings -> unusable(settings);
      case LostOutput lost -> lost(lost);
      default -> unforeseen(e);
    };
  }

  private static int missingVerb(CommandLine commandLine) {
    commandLine.usage(commandLine.getErr());
    return Exit.USAGE;
  }

  private int refused(Refusal refusal) {
    var terminal = context.terminal();
    terminal.error(refusal.words());
    var advice = refusal.advice();
    if (advice != null) {
      terminal.show("  " + advice);
    }
    trace(refusal, refusal.getCause() != null);
    return refusal.exitCode();
  }

  private int unusable(SettingsException settings) {
    var terminal = context.terminal();
    terminal.error("the settings are not usable:");
    settings.problems().forEach(problem -> terminal.show("  " + problem));
    terminal.show("  see: `muster config view --origin`");
    return Exit.USAGE;
  }

  private int unforeseen(Exception e) {
    var terminal = context.terminal();
    terminal.error("something unforeseen happened: " + e);
    trace(e, true);
    if (!terminal.verbose()) {
      terminal.show("  -v shows where; please report it");
    }
    return Exit.FAILED;
  }

  private void trace(Exception e, boolean worthIt) {
    if (worthIt && context.terminal().verbose()) {
      var text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      context.terminal().show(text.toString());
    }
  }

  /// Every verb is made with the context it works in.
  private record VerbFactory(Context context) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (Verb.class.isAssignableFrom(type)) {
        Constructor<K> constructor = type.getDeclaredConstructor(Context.class);
        return constructor.newInstance(context);
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
