package io.landfall.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The package tree is the data flow: what comes earlier knows nothing of what comes later. */
@AnalyzeClasses(packages = "io.landfall.producer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule roomsKnowOnlyWhatComesBeforeThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("main")
          .definedBy("io.landfall.producer")
          .layer("command")
          .definedBy("io.landfall.producer.command..")
          .layer("schedule")
          .definedBy("io.landfall.producer.schedule..")
          .layer("shape")
          .definedBy("io.landfall.producer.shape")
          .layer("hockey")
          .definedBy("io.landfall.producer.shape.nhl..")
          .layer("fetch")
          .definedBy("io.landfall.producer.fetch..")
          .layer("ledger")
          .definedBy("io.landfall.producer.ledger..")
          .layer("source")
          .definedBy("io.landfall.producer.source..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("command")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("schedule")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("shape")
          .mayOnlyBeAccessedByLayers("command", "hockey")
          .whereLayer("hockey")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("fetch")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers("fetch", "command")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("ledger", "fetch", "command");

  @ArchTest
  static final ArchRule hockeyKnowsNeitherKafkaNorHttp =
      noClasses()
          .that()
          .resideInAPackage("io.landfall.producer.shape.nhl..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "java.net.http..", "java.util.concurrent..");

  @ArchTest
  static final ArchRule theSourceKnowsNoKafka =
      noClasses()
          .that()
          .resideInAPackage("io.landfall.producer.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule onlyShapeKnowsKafkaStreams =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.landfall.producer.shape")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka.streams..");
}
