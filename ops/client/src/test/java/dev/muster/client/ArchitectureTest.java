package dev.muster.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.muster.testkit.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
    packages = "dev.muster.client",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final HouseRules RULES =
      new HouseRules("dev.muster.client", List.of(), "dev.muster.nowhere");

  @ArchTest static final ArchRule time = RULES.timeIsInjected();
  @ArchTest static final ArchRule environment = RULES.theEnvironmentIsReadInOnePlace();
  @ArchTest static final ArchRule nullMarked = RULES.packagesAreNullMarked();

  @ArchTest
  static final ArchRule thin =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.muster.client..",
              "dev.muster.protocol..",
              "com.fasterxml.jackson..",
              "java..",
              "javax.net.ssl..",
              "org.jspecify..")
          .because("a program that calls Muster wants no server of it");

  @Test
  void noActorsComeWithIt() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("org.apache.pekko.actor.ActorSystem"));
  }
}
