package io.landfall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.landfall", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theContractKnowsNeitherStreamsNorSparkNorPrograms =
      noClasses()
          .that()
          .resideInAPackage("io.landfall.schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka.streams..",
              "org.apache.spark..",
              "io.delta..",
              "io.landfall.cli..",
              "com.fasterxml.jackson..",
              "org.slf4j..",
              "io.landfall.producer..",
              "io.landfall.consumer..");

  @ArchTest
  static final ArchRule theContractKnowsNoSource =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.landfall.schemas.nhl..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.landfall.schemas.nhl..");
}
