package io.landfall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.landfall.cli")
class ArchitectureTest {

  @ArchTest
  static final ArchRule theCommandLineKnowsNeitherTheContractNorAStage =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.landfall.schemas..",
              "io.landfall.producer..",
              "io.landfall.consumer..",
              "org.apache.avro..",
              "org.apache.kafka.streams..",
              "org.apache.spark..",
              "io.delta..");
}
