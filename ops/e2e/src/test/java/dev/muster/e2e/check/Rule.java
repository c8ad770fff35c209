package dev.muster.e2e.check;

import java.util.List;

/// Something that must be true of every journal.
interface Rule {
  /// What breaks it, in words that name the rows; empty when nothing does.
  List<String> brokenBy(Rows rows);
}
