package dev.muster.e2e.escape;

import dev.muster.e2e.escape.Outcome.Escaped;
import dev.muster.e2e.escape.Outcome.Held;
import dev.muster.e2e.escape.Outcome.Untried;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every attack with what became of it, and the table of promises.
final class Ledger {
  private static final int PROMISE_WIDTH = 84;

  /// @param machine where it was tried
  record Entry(String machine, String name, String promise, Outcome outcome) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(String machine, String name, String promise, Outcome outcome) {
    entries.add(new Entry(machine, name, promise, outcome));
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  long held() {
    return entries.stream().filter(it -> it.outcome() instanceof Held).count();
  }

  long tried() {
    return entries.stream().filter(it -> !(it.outcome() instanceof Untried)).count();
  }

  private static final class Row {
    private int tried;
    private int held;
    private int untried;

    private void count(Outcome outcome) {
      switch (outcome) {
        case Held _ -> {
          tried++;
          held++;
        }
        case Escaped _ -> tried++;
        case Untried _ -> untried++;
      }
    }
  }

  /// The table, what was not tried with its reasons, what escaped, and the sum.
  String report() {
    var text = new StringBuilder();
    rows(text, "PROMISE", byPromise());
    text.append('\n');
    rows(text, "MACHINE", byMachine());
    for (var reason : reasons().entrySet()) {
      text.append("untried %d: %s%n".formatted(reason.getValue(), reason.getKey()));
    }
    for (var entry : entries) {
      if (entry.outcome() instanceof Escaped(var words)) {
        text.append(
            "ESCAPED %s on %s (%s)%n  %s%n"
                .formatted(entry.name(), entry.machine(), entry.promise(), words));
      }
    }
    return text.append("tried %d, held %d%n".formatted(tried(), held())).toString();
  }

  private static void rows(StringBuilder text, String title, Map<String, Row> rows) {
    var line = "%-" + PROMISE_WIDTH + "s %6s %6s %8s%n";
    text.append(line.formatted(title, "tried", "held", "untried"));
    rows.forEach(
        (name, row) -> text.append(line.formatted(name, row.tried, row.held, row.untried)));
  }

  private Map<String, Row> byPromise() {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (var entry : entries) {
      rows.computeIfAbsent(entry.promise(), _ -> new Row()).count(entry.outcome());
    }
    return rows;
  }

  private Map<String, Row> byMachine() {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (var entry : entries) {
      rows.computeIfAbsent(entry.machine(), _ -> new Row()).count(entry.outcome());
    }
    return rows;
  }

  private Map<String, Integer> reasons() {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (var entry : entries) {
      if (entry.outcome() instanceof Untried(var words)) reasons.merge(words, 1, Integer::sum);
    }
    return reasons;
  }
}
