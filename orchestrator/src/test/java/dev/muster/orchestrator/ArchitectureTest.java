package dev.muster.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.muster.testkit.HouseRules;
import java.util.List;

@AnalyzeClasses(
    packages = "dev.muster.orchestrator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /// `journal` serves all stages, and `security` says who acts; `engine.retrospective` works out a
  /// value that `engine.wave` persists when a worker settles.
  private static final HouseRules RULES =
      new HouseRules(
          "dev.muster.orchestrator",
          List.of(
              "journal.jdbc",
              "journal.storage",
              "journal.collection",
              "journal.tail",
              "security.identity",
              "security.audit",
              "security.secret",
              "security.trust",
              "engine.membership",
              "engine.instruction",
              "engine.plan",
              "engine.headroom",
              "engine.placement",
              "engine.approval",
              "engine.commons",
              "engine.retrospective",
              "engine.wave",
              "readside.view",
              "readside.table",
              "readside.webhook",
              "readside.result",
              "usecase",
              "api.console",
              "api.exchange",
              "api.metrics",
              "api.identity",
              "api.resource",
              "api.stream",
              "api.server",
              "app"),
          "dev.muster.orchestrator.app..");

  @ArchTest static final ArchRule noCycles = RULES.packagesAreFreeOfCycles();
  @ArchTest static final ArchRule known = RULES.everyPackageIsAStage();
  @ArchTest static final ArchRule stages = RULES.stagesImportOnlyEarlierStages();
  @ArchTest static final ArchRule pure = RULES.pureTypesKnowNoActorsAndNoFiles();
  @ArchTest static final ArchRule time = RULES.timeIsInjected();
  @ArchTest static final ArchRule environment = RULES.theEnvironmentIsReadInOnePlace();
  @ArchTest static final ArchRule nullMarked = RULES.packagesAreNullMarked();

  @ArchTest
  static final ArchRule onlyTheApiSpeaksHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.orchestrator.api..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.pekko.http..")
          .because("console, channels and planner call the same use cases, and none speaks HTTP");

  @ArchTest
  static final ArchRule nodesAreStrangers =
      HouseRules.nobodyKnows(
          "who decides and who does meet only in the protocol", "dev.muster.node..");
}
