package dev.muster.client;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a call came to nothing.
public sealed interface Failure {
  /// In one sentence, or more lines where a node said more. It may hold words of others: what is
  /// shown on a terminal goes through `Visible` first.
  String words();

  /// A node has answered, and said no.
  record Refused(Problem problem, String where) implements Failure {
    @Override
    public String words() {
      return problem.words(where);
    }
  }

  /// @param why in the words of the connection; null when it said nothing
  record Unreachable(URI base, @Nullable String why) implements Failure {
    @Override
    public String words() {
      return "the node at " + base + " cannot be reached" + (why == null ? "" : ": " + why);
    }
  }

  /// What was asked may have been carried out.
  record Silent(String where, Duration longest) implements Failure {
    @Override
    public String words() {
      return where + " did not answer within " + longest.toSeconds() + " s";
    }
  }

  /// Something has answered, but not as a Muster node of this version does.
  record Misunderstood(String where, String why) implements Failure {
    @Override
    public String words() {
      return where + ": " + why;
    }
  }

  /// The thread was interrupted while it waited; it still is.
  record Interrupted() implements Failure {
    @Override
    public String words() {
      return "interrupted";
    }
  }
}
