package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Section;
import dev.muster.protocol.instruction.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Finds what a node must offer to carry an instruction out: the `Labels` line under the heading,
/// the one in RESOURCE_REQUIREMENTS, or both together.
///
/// Written as `- **Labels:** docker, python3`; `none` is none. A label that cannot be read makes
/// the file unusable, since the work would go where it cannot be done.
final class RequiredLabels {
  private static final String KEY = "Labels";
  private static final String SECTION = "RESOURCE_REQUIREMENTS";

  private final String file;
  private final List<Finding> findings;
  private final TreeSet<String> labels = new TreeSet<>();

  private RequiredLabels(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  static List<String> read(ParsedInstruction parsed, List<Finding> findings) {
    var reader = new RequiredLabels(parsed.file(), findings);
    var field = parsed.field(KEY);
    if (field != null) reader.take(field.value(), field.line());
    for (var section : parsed.others().getOrDefault(SECTION, List.of())) reader.read(section);
    return List.copyOf(reader.labels);
  }

  private void read(Section section) {
    for (var line : section.statements()) {
      var label = Label.of(line.text());
      if (label != null && label.is(KEY)) take(label.value(), line.number());
    }
  }

  private void take(String value, int line) {
    if (value.strip().toLowerCase(Locale.ROOT).matches("none\\b.*|-|–|—")) return;
    var bad = new ArrayList<String>();
    for (var item : value.split("[,;]", -1)) {
      var label = plain(item);
      if (Labels.valid(label)) labels.add(label);
      else bad.add(item.strip());
    }
    if (!bad.isEmpty()) {
      refuse(line, "the label '" + bad.getFirst() + "' cannot be read" + reserved(bad.getFirst()));
    } else if (labels.size() > Labels.LABELS_MAX) {
      refuse(
          line, labels.size() + " labels are required, at most " + Labels.LABELS_MAX + " can be");
    }
  }

  /// As people write a word that stands for itself.
  private static String plain(String item) {
    return item.strip().replaceAll("^[`\"'\\[]+|[`\"'\\].]+$", "").toLowerCase(Locale.ROOT);
  }

  private static String reserved(String label) {
    return plain(label).equals(Labels.ANY) ? ": it is reserved for workers without labels" : "";
  }

  private void refuse(int line, String message) {
    findings.add(
        Finding.of(
            Code.INVALID_LABEL,
            file,
            line,
            message,
            "Write **Labels:** docker, python3: each of a-z, 0-9, '.', '_' and '-', at most 31"
                + " long; or none."));
  }
}
