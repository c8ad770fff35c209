package dev.muster.orchestrator.engine.instruction;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names that mean a known one in other words, or in German, French, Spanish and a few other
/// languages. They are read as that where it does not stand in the file itself, and the finding
/// `misspelt-name` says so.
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
          Map.entry("EJECUCIÓN", "EXECUTION"),
          Map.entry("ENTREGÁVEIS", "DELIVERABLES"),
          Map.entry("CONSEGNE", "DELIVERABLES"),
          Map.entry("РЕЗУЛЬТАТЫ", "DELIVERABLES"),
          Map.entry("交付物", "DELIVERABLES"),
          Map.entry("成果物", "DELIVERABLES"),
          Map.entry("ARTIFACTS", "DELIVERABLES"),
          Map.entry("OUTPUT_FILES", "DELIVERABLES"),
          Map.entry("DEFINITION_OF_DONE", "SUCCESS_CRITERIA"),
          Map.entry("成功标准", "SUCCESS_CRITERIA"),
          Map.entry("成功基準", "SUCCESS_CRITERIA"),
          Map.entry("边界", "BOUNDARIES"),
          Map.entry("境界", "BOUNDARIES"),
          Map.entry("DEPENDÊNCIAS", "DEPENDENCIES"),
          Map.entry("DIPENDENZE", "DEPENDENCIES"),
          Map.entry("ЗАВИСИМОСТИ", "DEPENDENCIES"),
          Map.entry("依赖", "DEPENDENCIES"),
          Map.entry("依赖关系", "DEPENDENCIES"),
          Map.entry("依存関係", "DEPENDENCIES"),
          Map.entry("REQUIRES", "DEPENDENCIES"),
          Map.entry("BLOCKED_BY", "DEPENDENCIES"),
          Map.entry("PROCESO_DE_PRUEBA", "TEST_PROCESS"),
          Map.entry("PROCESSO_DE_TESTE", "TEST_PROCESS"),
          Map.entry("ТЕСТИРОВАНИЕ", "TEST_PROCESS"),
          Map.entry("测试流程", "TEST_PROCESS"),
          Map.entry("テスト手順", "TEST_PROCESS"),
          Map.entry("VERIFICATION", "TEST_PROCESS"),
          Map.entry("VALIDATION", "TEST_PROCESS"),
          Map.entry("EXECUÇÃO", "EXECUTION"),
          Map.entry("ESECUZIONE", "EXECUTION"),
          Map.entry("ВЫПОЛНЕНИЕ", "EXECUTION"),
          Map.entry("执行", "EXECUTION"),
          Map.entry("実行", "EXECUTION"),
          Map.entry("テスト", "TEST_PROCESS"),
          Map.entry("테스트", "TEST_PROCESS"),
          Map.entry("의존성", "DEPENDENCIES"),
          Map.entry("المخرجات", "DELIVERABLES"),
          Map.entry("الاعتماديات", "DEPENDENCIES"),
          Map.entry("الاختبار", "TEST_PROCESS"),
          Map.entry("التنفيذ", "EXECUTION"));

  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("prio", "Priority"),
          Map.entry("priorität", "Priority"),
          Map.entry("wave", "Priority"),
          Map.entry("welle", "Priority"),
          Map.entry("geschätzte zeit", "Estimated Time"),
          Map.entry("zeitbedarf", "Estimated Time"),
          Map.entry("dauer", "Duration"),
          Map.entry("abhängigkeiten", "Dependencies"),
          Map.entry("rolle", "Role"),
          Map.entry("优先级", "Priority"),
          Map.entry("优先度", "Priority"),
          Map.entry("優先度", "Priority"),
          Map.entry("приоритет", "Priority"),
          Map.entry("우선순위", "Priority"),
          Map.entry("الأولوية", "Priority"),
          Map.entry("עדיפות", "Priority"),
          Map.entry("priorité", "Priority"),
          Map.entry("prioridad", "Priority"),
          Map.entry("prioridade", "Priority"),
          Map.entry("priorità", "Priority"));

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
