package dev.muster.cli.verb;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;

/// Whether what cannot be undone is meant: whoever sits at a terminal is asked, a script says
/// `--yes`.
final class Consent {
  private final Context context;

  Consent(Context context) {
    this.context = context;
  }

  /// @param question what would be lost
  /// @throws Refusal when there is nobody to ask
  boolean given(String question) {
    if (context.yes()) return true;
    if (!context.terminal().interactive()) {
      throw new Refusal(
          Exit.USAGE, question + " There is no terminal to ask on", "whoever means it says --yes");
    }
    if (context.terminal().confirm(question)) return true;
    context.terminal().say("Nothing was done.");
    return false;
  }
}
