package dev.muster.orchestrator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;

@AnalyzeClasses(
    packages = "dev.muster.orchestrator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /// In the order of imports. `storage` and `journal` serve all stages; `retrospective` works out a
  /// value that `wave` persists when a worker settles.
  private static final List<String> STAGES =
      List.of(
          "storage",
          "journal",
          "identity",
          "audit",
          "secret",
          "trust",
          "membership",
          "instruction",
          "plan",
          "headroom",
          "placement",
          "approval",
          "retrospective",
          "wave",
          "view",
          "readside",
          "result",
          "http",
          "app");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices()
          .matching("dev.muster.orchestrator.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package is a stage of the data's path, and data flows one way");

  @ArchTest
  static final ArchRule stagesImportOnlyEarlierStages =
      stages()
          .because("a reader follows the data from instruction to app and never has to go back");

  @ArchTest
  static final ArchRule pureTypesKnowNoActorsAndNoFiles =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("State")
          .or()
          .haveSimpleNameEndingWith("Plan")
          .or()
          .haveSimpleNameEndingWith("Policy")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "java.io..", "java.nio..", "java.sql..")
          .allowEmptyShould(true)
          .because("what decides must be testable with values alone");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .that(resideInAPackage("dev.muster.orchestrator.app..").negate())
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("a test must be able to hold the clock");

  @ArchTest
  static final ArchRule theEnvironmentIsReadInOnePlace =
      noClasses()
          .that(resideInAPackage("dev.muster.orchestrator.app..").negate())
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .because("settings have one origin that can be shown");

  @ArchTest
  static final ArchRule nodesAreStrangers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.muster.node..")
          .because("who decides and who does meet only in the protocol");

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith("org.jspecify.annotations.NullMarked")
          .because("absence is the exception and must be written down");

  private static LayeredArchitecture stages() {
    var architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (var stage : STAGES) {
      architecture =
          architecture.optionalLayer(stage).definedBy("dev.muster.orchestrator." + stage + "..");
    }
    for (var stage : STAGES) {
      var later = STAGES.subList(STAGES.indexOf(stage) + 1, STAGES.size());
      architecture =
          later.isEmpty()
              ? architecture.whereLayer(stage).mayNotBeAccessedByAnyLayer()
              : architecture
                  .whereLayer(stage)
                  .mayOnlyBeAccessedByLayers(later.toArray(String[]::new));
    }
    return architecture;
  }
}
