package dev.muster.cli.view;

import dev.muster.protocol.text.Scrutiny;
import dev.muster.protocol.view.Approval.Bound;
import dev.muster.protocol.view.Approval.BoundFile;
import java.util.List;

/// What an approval's digest covers, in lines: how much, the text of what was declared, and the
/// names of the rest.
final class Covered {
  private static final int SHA_SHOWN = 12;

  private Covered() {}

  static void of(Bound bound, List<String> lines) {
    if (!bound.reads().isEmpty()) {
      lines.add("  reads      " + Scrutiny.line(String.join(" ", bound.reads())));
    }
    var word = "  covers     ";
    for (var cover : bound.covers()) {
      lines.add(word + Scrutiny.line(cover));
      word = "             ";
    }
    bound.files().forEach(file -> one(file, lines));
  }

  private static void one(BoundFile file, List<String> lines) {
    var sha256 = file.sha256();
    lines.add(
        "    %s: %s%s"
            .formatted(
                Scrutiny.line(file.place()),
                Scrutiny.line(file.path()),
                sha256 == null
                    ? ""
                    : ", %d bytes, %s".formatted(file.bytes(), sha256.substring(0, SHA_SHOWN))));
    if (file.text() == null) return;
    for (var warning : Scrutiny.warnings(file.text())) lines.add("    beware: it holds " + warning);
    for (var line : Scrutiny.lines(file.text())) lines.add("      > " + line);
  }
}
