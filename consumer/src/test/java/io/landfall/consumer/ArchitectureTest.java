package io.landfall.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.landfall.consumer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule dataFlowsOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("landing")
          .definedBy("..consumer.landing..")
          .layer("bronze")
          .definedBy("..consumer.bronze..")
          .layer("columnar")
          .definedBy("..consumer.columnar..")
          .layer("ingest")
          .definedBy("..consumer.ingest..")
          .layer("recover")
          .definedBy("..consumer.recover..")
          .layer("command")
          .definedBy("..consumer.command..")
          .layer("main")
          .definedBy("io.landfall.consumer")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("command")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("recover")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("ingest")
          .mayOnlyBeAccessedByLayers("command", "recover")
          .whereLayer("columnar")
          .mayOnlyBeAccessedByLayers("ingest")
          .whereLayer("bronze")
          .mayOnlyBeAccessedByLayers("columnar", "ingest", "recover", "command")
          .whereLayer("landing")
          .mayOnlyBeAccessedByLayers("bronze", "ingest", "recover", "command");

  @ArchTest
  static final ArchRule tableAndFilesKnowNoKafka =
      noClasses()
          .that()
          .resideInAnyPackage("..consumer.bronze..", "..consumer.columnar..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  /** Pages are made of columns, whatever they came from. */
  @ArchTest
  static final ArchRule pagesKnowParquetOnly =
      noClasses()
          .that()
          .resideInAPackage("..consumer.columnar.page..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.avro..",
              "org.apache.kafka..",
              "org.apache.spark..",
              "io.landfall.consumer.bronze..",
              "io.landfall.consumer.columnar");

  @ArchTest
  static final ArchRule deltaInternalsStayInBronze =
      noClasses()
          .that()
          .resideOutsideOfPackage("..consumer.bronze..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark.sql.delta..");

  /** Which dataset it is, main says; all other rooms learn it from the dataset. */
  @ArchTest
  static final ArchRule nothingKnowsHockey =
      noClasses()
          .that()
          .resideInAnyPackage("io.landfall.consumer.(*)..")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("PlayerGameStats")
          .orShould()
          .accessField(io.landfall.schemas.Dataset.class, "PLAYER_GAME_STATS")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("Topics");
}
