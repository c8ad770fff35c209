package dev.muster.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;

/// How a module of the house is built.
///
/// @param root its package
/// @param stages its packages in the order of imports: each knows only those before it
/// @param composition the package that may look at the clock and the environment
public record HouseRules(String root, List<String> stages, String composition) {
  public ArchRule packagesAreFreeOfCycles() {
    return slices()
        .matching(root + ".(*)..")
        .should()
        .beFreeOfCycles()
        .because("a package is a stage of the data's path, and data flows one way");
  }

  /// What is in none would be looked at by no rule of the order.
  public ArchRule everyPackageIsAStage() {
    var known = Stream.concat(Stream.of(root), stages.stream().map(it -> root + "." + it + ".."));
    return classes()
        .should()
        .resideInAnyPackage(known.toArray(String[]::new))
        .because("a new package has its place in the order");
  }

  public ArchRule stagesImportOnlyEarlierStages() {
    var architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (var stage : stages) {
      architecture = architecture.optionalLayer(stage).definedBy(root + "." + stage + "..");
    }
    for (var stage : stages) {
      var later = stages.subList(stages.indexOf(stage) + 1, stages.size());
      var layer = architecture.whereLayer(stage);
      architecture =
          later.isEmpty()
              ? layer.mayNotBeAccessedByAnyLayer()
              : layer.mayOnlyBeAccessedByLayers(later.toArray(String[]::new));
    }
    return architecture.because("a reader follows the data and never has to go back");
  }

  public ArchRule pureTypesKnowNoActorsAndNoFiles() {
    return noClasses()
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
  }

  public ArchRule timeIsInjected() {
    return noClasses()
        .that(resideInAPackage(composition).negate())
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
  }

  public ArchRule theEnvironmentIsReadInOnePlace() {
    return noClasses()
        .that(resideInAPackage(composition).negate())
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("settings have one origin that can be shown");
  }

  public ArchRule packagesAreNullMarked() {
    return classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .because("NullAway only looks there");
  }

  /// @param packages patterns, as in `org.apache.pekko..`
  public static ArchRule nobodyKnows(String because, String... packages) {
    return noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).because(because);
  }
}
