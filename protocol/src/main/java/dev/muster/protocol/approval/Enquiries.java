package dev.muster.protocol.approval;

import java.util.Set;

/// What a gate is asked of which nothing is run: whoever asks goes on with what a person says. No
/// policy and no bypass says anything to it, since neither knows an answer.
public final class Enquiries {
  /// In words. Whoever approves it gives the answer, as the reason.
  public static final String QUESTION = "question";

  /// Whether an agent may use as much again as its limits allow.
  public static final String BUDGET = "agent_budget";

  private static final Set<String> KINDS = Set.of(QUESTION, BUDGET);

  private Enquiries() {}

  public static boolean isOne(String kind) {
    return KINDS.contains(kind);
  }

  /// A yes is no answer to it.
  public static boolean needsWords(String kind) {
    return kind.equals(QUESTION);
  }

  /// Whether whoever asked goes on. Who hears that nobody answers decides alone.
  public static boolean goesOn(String kind, Decision decision) {
    return decision.allows() || (needsWords(kind) && decision != Decision.CLOSED);
  }
}
