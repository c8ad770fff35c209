package dev.muster.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.muster.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule everyStageKnowsOnlyEarlierOnes =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.muster.cli..")
          .layer("main")
          .definedBy("dev.muster.cli")
          .layer("verb")
          .definedBy("dev.muster.cli.verb")
          .layer("follow")
          .definedBy("dev.muster.cli.follow")
          .layer("view")
          .definedBy("dev.muster.cli.view")
          .layer("cluster")
          .definedBy("dev.muster.cli.cluster")
          .layer("postgres")
          .definedBy("dev.muster.cli.postgres")
          .layer("node")
          .definedBy("dev.muster.cli.node")
          .layer("client")
          .definedBy("dev.muster.cli.client")
          .layer("terminal")
          .definedBy("dev.muster.cli.terminal")
          .layer("settings")
          .definedBy("dev.muster.cli.settings")
          .layer("trust")
          .definedBy("dev.muster.cli.trust")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("verb")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("follow")
          .mayOnlyBeAccessedByLayers("verb")
          .whereLayer("view")
          .mayOnlyBeAccessedByLayers("follow", "verb")
          .whereLayer("cluster")
          .mayOnlyBeAccessedByLayers("verb")
          .whereLayer("postgres")
          .mayOnlyBeAccessedByLayers("cluster")
          .whereLayer("node")
          .mayOnlyBeAccessedByLayers("cluster", "follow", "verb", "main")
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers("node", "cluster", "view", "follow", "verb")
          .because("a package is a stage of the data's path");

  @ArchTest
  static final ArchRule onlyMainLooksAtTheClockAndTheEnvironment =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.cli")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .because("a test must be able to hold the clock and the surroundings");

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
  static final ArchRule onlyTheHostedNodeKnowsActors =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.cli.node")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..")
          .because("local and remote nodes are spoken to the same way, over HTTP");

  @ArchTest
  static final ArchRule onlyMainEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.muster.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .because("an exit code is a result");

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith("org.jspecify.annotations.NullMarked")
          .because("NullAway only looks there");
}
