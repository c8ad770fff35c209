package dev.muster.e2e.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Nothing gets through a gate without a decision that allows it, each permit is used up once, and
/// what came of it is recorded once.
final class GateRule implements Rule {
  private static final Set<String> ALLOWS = Set.of("APPROVED", "AUTO_APPROVED");

  @Override
  public List<String> brokenBy(Rows rows) {
    var broken = new ArrayList<String>();
    rows.ofKind("Gate").values().forEach(own -> new Gate(broken).check(own));
    return broken;
  }

  /// One gate as its rows are read.
  private static final class Gate {
    private final List<String> broken;
    private final Map<String, String> operations = new HashMap<>();
    private final Map<String, String> decisions = new HashMap<>();
    private final Set<String> outstanding = new HashSet<>();
    private final Set<String> recorded = new HashSet<>();
    private final Set<String> happened = new HashSet<>();

    Gate(List<String> broken) {
      this.broken = broken;
    }

    void check(List<Row> own) {
      for (var row : own) {
        var approval = row.text("approval");
        switch (row.name()) {
          case "ApprovalRequested" -> requested(row, approval);
          case "ApprovalDecided" -> decided(row, approval);
          case "PermitConsumed" -> consumed(row, approval);
          case "PermitRestored" -> {
            if (!outstanding.remove(approval)) broken.add(row + ": no permit was out");
          }
          case "OutcomeRecorded" -> recorded(row, approval);
          default -> {} // what opens a gate says nothing about an operation
        }
      }
    }

    private void requested(Row row, String approval) {
      var operation = row.event().path("operation");
      operations.put(
          approval,
          operation.path("worker").asText()
              + " block "
              + operation.path("ordinal").asInt()
              + " epoch "
              + operation.path("epoch").asInt()
              + " "
              + operation.path("digest").asText());
    }

    private void decided(Row row, String approval) {
      if (!operations.containsKey(approval)) broken.add(row + ": nobody had asked");
      var before = decisions.put(approval, row.text("decision"));
      if (before != null) broken.add(row + ": it was " + before + " already");
    }

    private void consumed(Row row, String approval) {
      var decision = decisions.get(approval);
      if (decision == null) broken.add(row + ": without a decision");
      else if (!ALLOWS.contains(decision)) broken.add(row + ": it was " + decision);
      if (!outstanding.add(approval)) broken.add(row + ": the permit was used up");
      if (recorded.contains(approval)) broken.add(row + ": its outcome was recorded already");
    }

    private void recorded(Row row, String approval) {
      if (!outstanding.contains(approval)) broken.add(row + ": no permit was out");
      if (!recorded.add(approval)) broken.add(row + ": its outcome was recorded already");
      var operation = operations.getOrDefault(approval, approval);
      // One that failed may be tried again, by a permit of its own.
      var good = row.event().at("/outcome/result/exitCode").asInt(-1) == 0;
      if (good && !happened.add(operation))
        broken.add(row + ": it had happened already: " + operation);
    }
  }
}
