package dev.muster.e2e.escape;

import java.util.List;

/// An attack from inside a step.
///
/// @param name of its file, without number and ending
/// @param promise that it attacks
/// @param where what a machine must offer
/// @param needs programs without which it cannot be tried
/// @param fence attributes of its block; empty for an ordinary one
/// @param approve the policy it runs under
/// @param deliverables what it owes
/// @param limit of its running time, in words
/// @param ending how it may end
/// @param proven whether its worker may complete with a verdict that is not weak
/// @param script what the step does
/// @param test what proves it; empty for that it is there
/// @param host what is looked at outside afterwards; empty for nothing of its own
record Probe(
    String name,
    String promise,
    List<String> where,
    List<String> needs,
    String fence,
    String approve,
    List<String> deliverables,
    String limit,
    Ending ending,
    boolean proven,
    String script,
    String test,
    String host) {
  /// How a probe may end, for it to count as tried.
  enum Ending {
    /// It says at its end that it has tried everything.
    DONE,

    /// It has begun; something may have ended it.
    KILLED,

    /// It must not begin, since somebody has to decide first and nobody does.
    ASKED,

    /// It may have been refused before it began.
    ANYHOW
  }

  Probe {
    where = List.copyOf(where);
    needs = List.copyOf(needs);
    deliverables = List.copyOf(deliverables);
    if (promise.isBlank()) throw new IllegalArgumentException(name + " names no promise");
    if (script.isBlank()) throw new IllegalArgumentException(name + " attacks nothing");
  }
}
