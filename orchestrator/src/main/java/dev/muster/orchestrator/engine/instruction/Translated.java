package dev.muster.orchestrator.engine.instruction;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names that mean a known one in other words, or in German, French or Spanish. They are read as
/// that where it does not stand in the file itself, and the finding `misspelt-name` says so.
final class Translated {
  private static final Map<String, String> HEADINGS =
      Map.ofEntries(
          Map.entry("LIEFERGEGENSTÄNDE", "DELIVERABLES"),
          Map.entry("LIEFEROBJEKTE", "DELIVERABLES"),
          Map.entry("ERGEBNISSE", "DELIVERABLES"),
          Map.entry("OUTPUTS", "DELIVERABLES"),
          Map.entry("ERFOLGSKRITERIEN", "SUCCESS_CRITERIA"),
          Map.entry("AKZEPTANZKRITERIEN", "SUCCESS_CRITERIA"),
          Map.entry("ACCEPTANCE_CRITERIA", "SUCCESS_CRITERIA"),
          Map.entry("GRENZEN", "BOUNDARIES"),
          Map.entry("ABGRENZUNG", "BOUNDARIES"),
          Map.entry("ABHÄNGIGKEITEN", "DEPENDENCIES"),
          Map.entry("VORAUSSETZUNGEN", "DEPENDENCIES"),
          Map.entry("PREREQUISITES", "DEPENDENCIES"),
          Map.entry("FEHLERBEHANDLUNG", "MITIGATION"),
          Map.entry("RISIKOMINDERUNG", "MITIGATION"),
          Map.entry("TESTABLAUF", "TEST_PROCESS"),
          Map.entry("TESTVERFAHREN", "TEST_PROCESS"),
          Map.entry("TESTS", "TEST_PROCESS"),
          Map.entry("FORMAT_DER_TESTERGEBNISSE", "TEST_RESULTS_FORMAT"),
          Map.entry("TESTERGEBNISFORMAT", "TEST_RESULTS_FORMAT"),
          Map.entry("AUFGABENKLASSIFIZIERUNG", "TASK_CLASSIFICATION"),
          Map.entry("EINSTUFUNG_DER_AUFGABE", "TASK_CLASSIFICATION"),
          Map.entry("RÜCKBLICK", "RETROSPECTIVE"),
          Map.entry("RETROSPEKTIVE", "RETROSPECTIVE"),
          Map.entry("LEISTUNGSANFORDERUNGEN", "PERFORMANCE_REQUIREMENTS"),
          Map.entry("AUSFÜHRUNG", "EXECUTION"),
          Map.entry("DEPENDS_ON", "DEPENDENCIES"),
          Map.entry("HOW_TO_TEST", "TEST_PROCESS"),
          Map.entry("TESTING", "TEST_PROCESS"),
          Map.entry("TEST_PLAN", "TEST_PROCESS"),
          Map.entry("TEST_PROCEDURE", "TEST_PROCESS"),
          Map.entry("LIVRABLES", "DELIVERABLES"),
          Map.entry("CRITÈRES_DE_SUCCÈS", "SUCCESS_CRITERIA"),
          Map.entry("CRITÈRES_DE_RÉUSSITE", "SUCCESS_CRITERIA"),
          Map.entry("LIMITES", "BOUNDARIES"),
          Map.entry("DÉPENDANCES", "DEPENDENCIES"),
          Map.entry("PRÉREQUIS", "DEPENDENCIES"),
          Map.entry("PROCÉDURE_DE_TEST", "TEST_PROCESS"),
          Map.entry("EXÉCUTION", "EXECUTION"),
          Map.entry("ENTREGABLES", "DELIVERABLES"),
          Map.entry("CRITERIOS_DE_ÉXITO", "SUCCESS_CRITERIA"),
          Map.entry("LÍMITES", "BOUNDARIES"),
          Map.entry("DEPENDENCIAS", "DEPENDENCIES"),
          Map.entry("PRUEBAS", "TEST_PROCESS"),
          Map.entry("EJECUCIÓN", "EXECUTION"));

  private static final Map<String, String> FIELDS =
      Map.of(
          "prio", "Priority",
          "priorität", "Priority",
          "wave", "Priority",
          "welle", "Priority",
          "geschätzte zeit", "Estimated Time",
          "zeitbedarf", "Estimated Time",
          "dauer", "Duration",
          "abhängigkeiten", "Dependencies",
          "rolle", "Role");

  private Translated() {}

  /// @param name as `SectionName` has it; null when it means nothing known
  static @Nullable String heading(String name) {
    return HEADINGS.get(name);
  }

  /// In any case; null when it means nothing known.
  static @Nullable String field(String key) {
    return FIELDS.get(key.toLowerCase(Locale.ROOT));
  }
}
