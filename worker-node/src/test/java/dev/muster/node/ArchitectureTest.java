package dev.muster.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.muster.testkit.HouseRules;
import java.util.List;

@AnalyzeClasses(packages = "dev.muster.node", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /// `sandbox` comes before `validation`, whose tests run in it.
  private static final HouseRules RULES =
      new HouseRules(
          "dev.muster.node",
          List.of(
              "models",
              "sql",
              "workspace",
              "foresight",
              "gateway",
              "sandbox",
              "validation",
              "tools",
              "agent",
              "executor",
              "worker",
              "headroom",
              "app"),
          "dev.muster.node.app..");

  @ArchTest static final ArchRule noCycles = RULES.packagesAreFreeOfCycles();
  @ArchTest static final ArchRule known = RULES.everyPackageIsAStage();
  @ArchTest static final ArchRule stages = RULES.stagesImportOnlyEarlierStages();
  @ArchTest static final ArchRule pure = RULES.pureTypesKnowNoActorsAndNoFiles();
  @ArchTest static final ArchRule time = RULES.timeIsInjected();
  @ArchTest static final ArchRule environment = RULES.theEnvironmentIsReadInOnePlace();
  @ArchTest static final ArchRule nullMarked = RULES.packagesAreNullMarked();

  @ArchTest
  static final ArchRule orchestratorsAreStrangers =
      HouseRules.nobodyKnows(
          "who decides and who does meet only in the protocol", "dev.muster.orchestrator..");

  @ArchTest
  static final ArchRule processesStartInOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("ProcessLauncher")
          .should()
          .callMethod(ProcessBuilder.class, "start")
          .because("a sandbox dies with the thread that started it");
}
