package dev.muster.cli.verb;

import dev.muster.cli.session.Link;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// A verb returns its exit code; whatever it cannot do is a `Refusal`.
abstract class Verb implements Callable<Integer> {
  final Context context;

  Verb(Context context) {
    this.context = context;
  }

  final Terminal terminal() {
    return context.terminal();
  }

  /// Does something with a node that runs, or with a control-only one started for it.
  final int withNode(NodeWork work) {
    try (var link = context.link(Need.CONTROL)) {
      return work.with(link);
    }
  }

  /// The command `muster` itself, with everything below it.
  ///
  /// @param own as picocli has set it
  static CommandLine root(@Nullable CommandSpec own) {
    if (own == null) {
      throw new IllegalStateException("picocli did not say which command this is");
    }
    return own.root().commandLine();
  }

  interface NodeWork {
    int with(Link link);
  }
}
