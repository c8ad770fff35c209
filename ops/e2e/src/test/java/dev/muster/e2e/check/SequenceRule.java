package dev.muster.e2e.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Every entity's rows are numbered 1, 2, 3 … and were written by one life of it after another: a
/// life that wrote again after the next one had begun would be a second owner.
final class SequenceRule implements Rule {
  @Override
  public List<String> brokenBy(Rows rows) {
    var broken = new ArrayList<String>();
    rows.byEntity()
        .forEach((entity, own) -> {
          gaps(entity, own, broken);
          owners(own, broken);
        });
    return broken;
  }

  private static void gaps(String entity, List<Row> own, List<String> broken) {
    for (var i = 0; i < own.size(); i++) {
      if (own.get(i).seq() != i + 1) {
        broken.add(
            "%s: expected sequence number %d, found %d".formatted(entity, i + 1, own.get(i).seq()));
        return;
      }
    }
  }

  private static void owners(List<Row> own, List<String> broken) {
    var earlier = new HashSet<String>();
    var current = "";
    for (var row : own) {
      if (row.writer().equals(current)) continue;
      if (earlier.contains(row.writer())) {
        broken.add(row + ": written by an owner that another had followed");
      }
      earlier.add(current);
      current = row.writer();
    }
  }
}
