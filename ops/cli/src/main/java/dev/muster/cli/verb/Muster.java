package dev.muster.cli.verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "muster",
    description = "Runs workforces: folders of ten-point instruction files become proven results.",
    footer = {
      "",
      "Exit codes: 0 ok, 1 work failed, 2 usage, 3 not found, 4 not allowed, 5 conflict, 6 held,",
      "rejected or expired, 7 timed out, 8 server unreachable, 130 interrupted."
    })
final class Muster extends Verb {
  @Mixin final Globals globals;

  @Option(names = "--version", description = "As the verb version.")
  private boolean version;

  Muster(Context context) {
    super(context);
    this.globals = context.globals();
  }

  /// Without a verb the help says what there is.
  @Override
  public Integer call() {
    if (version) return new ShowVersion(context).call();
    throw new MissingVerb();
  }

  static final class MissingVerb extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
