package io.landfall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.landfall")
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
              "io.landfall.program..",
              "io.landfall.producer..",
              "io.landfall.consumer..");
}
