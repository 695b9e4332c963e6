package io.landfall.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.landfall.sandbox",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** The programs are children of the sandbox: it runs them, and never loads them. */
  @ArchTest
  static final ArchRule producerAndConsumerAreSeenFromOutside =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.landfall.producer..", "io.landfall.consumer..");

  @ArchTest
  static final ArchRule theSeasonKnowsNothingOfItsUse =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("season")
          .definedBy("..sandbox.season..")
          .layer("server")
          .definedBy("..sandbox.server..")
          .layer("collection")
          .definedBy("..sandbox.collection..")
          .layer("recorded")
          .definedBy("..sandbox.recorded..")
          .layer("api")
          .definedBy("..sandbox.api..")
          .layer("broker")
          .definedBy("..sandbox.broker..")
          .layer("process")
          .definedBy("..sandbox.process..")
          .layer("demo")
          .definedBy("..sandbox.demo..")
          .layer("main")
          .definedBy("io.landfall.sandbox")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("demo")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("api")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("collection")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("recorded")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("api", "collection", "recorded")
          .whereLayer("broker")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("process")
          .mayOnlyBeAccessedByLayers("demo")
          .whereLayer("season")
          .mayOnlyBeAccessedByLayers("api", "demo");

  @ArchTest
  static final ArchRule aGameKnowsNeitherNetworkNorKafka =
      noClasses()
          .that()
          .resideInAPackage("..sandbox.season..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "org.apache.kafka..");
}
