package dev.muster.bench;

/// What can be measured.
enum Workload {
  W1(2_000, "durable workers that execute nothing"),
  W2(1, "process start to the first worker completed, and to an answer of the API"),
  W3(225, "workers that wait for a timer when their node is killed"),
  W4(20_000, "memory and processor of a node"),
  W5(225, "sandboxed workers of one line each"),
  W6(225, "the bundled audit"),
  W7(900, "an operation is asked for until its script runs, while others wait"),
  W8(5_000, "an event happens until each of 200 subscribers has it, while 10 do not read"),
  W9(1_000_000, "filtered, sorted pages of runs and of workers"),
  W10(225, "agents at once, whose model takes a second for each turn");

  private final int workers;
  private final String what;

  Workload(int workers, String what) {
    this.workers = workers;
    this.what = what;
  }

  /// How many workers unless something else is asked for.
  int workers() {
    return workers;
  }

  String what() {
    return what;
  }
}
