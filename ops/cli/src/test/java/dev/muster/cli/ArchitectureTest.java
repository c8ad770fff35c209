package dev.muster.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.muster.testkit.HouseRules;
import java.util.List;

@AnalyzeClasses(packages = "dev.muster.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final HouseRules RULES =
      new HouseRules(
          "dev.muster.cli",
          List.of(
              "jars",
              "terminal",
              "client",
              "session",
              "postgres",
              "cluster",
              "view",
              "follow",
              "mcp",
              "verb"),
          "dev.muster.cli");

  @ArchTest static final ArchRule noCycles = RULES.packagesAreFreeOfCycles();
  @ArchTest static final ArchRule known = RULES.everyPackageIsAStage();
  @ArchTest static final ArchRule stages = RULES.stagesImportOnlyEarlierStages();
  @ArchTest static final ArchRule time = RULES.timeIsInjected();
  @ArchTest static final ArchRule environment = RULES.theEnvironmentIsReadInOnePlace();
  @ArchTest static final ArchRule nullMarked = RULES.packagesAreNullMarked();

  @ArchTest
  static final ArchRule actorsAreStrangers =
      HouseRules.nobodyKnows(
          "local and remote nodes are spoken to the same way, over HTTP", "org.apache.pekko..");

  @ArchTest
  static final ArchRule nobodyKnowsMain =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.muster.cli")
          .because("main puts together what the others are");

  @ArchTest
  static final ArchRule onlyVerbsKnowTheParserOfTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.cli.verb")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..")
          .because("what a verb does must not depend on how it was typed");

  @ArchTest
  static final ArchRule onlyMainEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.muster.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .because("an exit code is a result");
}
