package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "A script that completes muster's verbs and flags in your shell.")
final class Completion extends Verb {
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  Shell shell = Shell.BASH;

  @Spec @Nullable CommandSpec spec;

  private static final Pattern CHOICES = Pattern.compile("(?<=_args=\\()(?:\"[A-Z_]+\" ?)+(?=\\))");

  Completion(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (shell == Shell.ZSH) {
      terminal().data("autoload -U +X compinit && compinit");
      terminal().data("autoload -U +X bashcompinit && bashcompinit");
    }
    terminal().raw(asDocumented(AutoComplete.bash("muster", root(spec))));
    return Exit.OK;
  }

  /// The values of a flag as its help writes them: who has typed `-o j` is offered `json`.
  static String asDocumented(String script) {
    return CHOICES
        .matcher(script)
        .replaceAll(it -> Matcher.quoteReplacement(it.group().toLowerCase(Locale.ROOT)));
  }
}
