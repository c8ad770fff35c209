package dev.muster.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A fault that one scanner of the audit must find; the README of `ops/audit-generator` says how
/// the files are written.
///
/// @param file where it lies below the folder it is planted in
record Plant(String rule, String scanner, String severity, String file, int line) {
  private static final Path FOLDER =
      Muster.repository().resolve("ops/audit-generator/plants").normalize();
  private static final String FILE = "=== ";

  /// One for each scanner.
  static List<Plant> all() throws IOException {
    return Files.readAllLines(FOLDER.resolve("index.tsv")).stream()
        .skip(1)
        .map(row -> row.split("\t", -1))
        .map(row -> new Plant(row[0], row[1], row[3], row[4], Integer.parseInt(row[5])))
        .toList();
  }

  /// Writes its files into a folder of its own below `tree`. Only there is it a fault: in this
  /// repository `@@` breaks every one of them.
  void into(Path tree) throws IOException {
    var file = tree;
    for (var line : Files.readAllLines(FOLDER.resolve(rule + ".plant"))) {
      if (line.startsWith(FILE)) {
        file = tree.resolve(rule).resolve(line.substring(FILE.length()));
        Files.createDirectories(file.getParent());
        Files.createFile(file);
      } else {
        Files.writeString(
            file, line.replace("@@", "") + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
      }
    }
  }

  /// The beginning of the row that its scanner must report.
  String finding() {
    return String.join("\t", rule, severity, rule + "/" + file, Integer.toString(line));
  }
}
