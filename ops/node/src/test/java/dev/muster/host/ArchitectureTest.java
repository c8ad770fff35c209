package dev.muster.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.muster.testkit.HouseRules;
import java.util.List;

@AnalyzeClasses(packages = "dev.muster.host", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /// Nothing here looks at the clock or the environment: whoever starts the process hands them in.
  private static final HouseRules RULES =
      new HouseRules("dev.muster.host", List.of("refusal", "trust", "settings"), "dev.muster.cli");

  @ArchTest static final ArchRule noCycles = RULES.packagesAreFreeOfCycles();
  @ArchTest static final ArchRule known = RULES.everyPackageIsAStage();
  @ArchTest static final ArchRule stages = RULES.stagesImportOnlyEarlierStages();
  @ArchTest static final ArchRule time = RULES.timeIsInjected();
  @ArchTest static final ArchRule environment = RULES.theEnvironmentIsReadInOnePlace();
  @ArchTest static final ArchRule nullMarked = RULES.packagesAreNullMarked();

  @ArchTest
  static final ArchRule onlyTheCompositionKnowsActors =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.host")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..")
          .because("settings and trust are looked at before there is a node");

  @ArchTest
  static final ArchRule theCommandLineIsAStranger =
      HouseRules.nobodyKnows("a node may be hosted by anything", "dev.muster.cli..", "picocli..");
}
