package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
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

  Completion(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var own = spec;
    if (own == null) {
      throw new IllegalStateException("picocli did not say which command this is");
    }
    if (shell == Shell.ZSH) {
      terminal().data("autoload -U +X compinit && compinit");
      terminal().data("autoload -U +X bashcompinit && bashcompinit");
    }
    terminal().raw(AutoComplete.bash("muster", own.root().commandLine()));
    return Exit.OK;
  }
}
