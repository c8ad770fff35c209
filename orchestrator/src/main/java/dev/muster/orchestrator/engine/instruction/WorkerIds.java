package dev.muster.orchestrator.engine.instruction;

import java.util.Comparator;

/// How worker ids compare: by their number, so that `WORKER_1000` comes after `WORKER_999`.
public final class WorkerIds {
  public static final String PREFIX = "WORKER_";

  /// By number, then by spelling.
  public static final Comparator<String> ORDER =
      Comparator.comparingInt(WorkerIds::number).thenComparing(Comparator.naturalOrder());

  private WorkerIds() {}

  /// The number in `WORKER_014`; -1 for what is no worker id.
  public static int number(String id) {
    if (!id.startsWith(PREFIX) || id.length() > PREFIX.length() + 9) return -1;
    var digits = id.substring(PREFIX.length());
    var all = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return all ? Integer.parseInt(digits) : -1;
  }
}
