package dev.muster.e2e.chaos;

import dev.muster.e2e.rig.Postgres;

/// Something that goes wrong, for a time; afterwards it is repaired.
sealed interface Fault {
  long millis();

  /// `kill -9`, and a start on the same data after a while.
  record Kill(String node, long millis) implements Fault {
    @Override
    public String toString() {
      return "kill " + node + " for " + millis + " ms";
    }
  }

  /// Every node at the same moment.
  record KillAll(long millis) implements Fault {
    @Override
    public String toString() {
      return "kill all nodes for " + millis + " ms";
    }
  }

  /// `SIGSTOP`, and `SIGCONT` after a while.
  record Freeze(String node, long millis) implements Fault {
    @Override
    public String toString() {
      return "freeze " + node + " for " + millis + " ms";
    }
  }

  record StopDatabase(Postgres.Stop how, long millis) implements Fault {
    @Override
    public String toString() {
      return "stop the database (" + how + ") for " + millis + " ms";
    }
  }

  /// Between two nodes, or a node and the database.
  record Cut(String one, String other, long millis) implements Fault {
    @Override
    public String toString() {
      return "cut " + one + " from " + other + " for " + millis + " ms";
    }
  }

  /// What the journal's reader has written is dropped and written anew, by whoever reads just then.
  record Rebuild(String reader, long millis) implements Fault {
    @Override
    public String toString() {
      return "rebuild the reader " + reader;
    }
  }

  /// From all others and the database.
  record Isolate(String node, long millis) implements Fault {
    @Override
    public String toString() {
      return "isolate " + node + " for " + millis + " ms";
    }
  }
}
