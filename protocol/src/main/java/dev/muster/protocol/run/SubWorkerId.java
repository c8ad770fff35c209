package dev.muster.protocol.run;

import org.jspecify.annotations.Nullable;

/// How sub-workers are called: `WORKER_014.2` is the second that WORKER_014 has asked for, and
/// `WORKER_014.2.1` the first of that one. So an id says where in its tree a worker stands, and
/// nobody can take a place in another's. Pure.
public final class SubWorkerId {
  private static final char DOT = '.';

  private SubWorkerId() {}

  /// @param number from 1
  public static String of(String parent, int number) {
    return parent + DOT + number;
  }

  /// Of a sub-worker: which of those that its parent has asked for.
  public static int number(String worker) {
    return Integer.parseInt(worker.substring(worker.lastIndexOf(DOT) + 1));
  }

  /// Null for a worker of the plan.
  public static @Nullable String parent(String worker) {
    var dot = worker.lastIndexOf(DOT);
    return dot < 0 ? null : worker.substring(0, dot);
  }

  /// The worker of the plan that it stands below; itself for one of the plan.
  public static String root(String worker) {
    var dot = worker.indexOf(DOT);
    return dot < 0 ? worker : worker.substring(0, dot);
  }

  public static boolean isSub(String worker) {
    return worker.indexOf(DOT) >= 0;
  }

  /// 0 for a worker of the plan.
  public static int depth(String worker) {
    return (int) worker.chars().filter(it -> it == DOT).count();
  }

  public static boolean isBelow(String worker, String above) {
    return worker.startsWith(above + DOT);
  }
}
