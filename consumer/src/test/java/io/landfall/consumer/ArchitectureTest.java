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
          .layer("ingest")
          .definedBy("..consumer.ingest..")
          .layer("recover")
          .definedBy("..consumer.recover..")
          .layer("sql")
          .definedBy("..consumer.sql..")
          .layer("duckdb")
          .definedBy("..consumer.duckdb..")
          .layer("command")
          .definedBy("..consumer.command..")
          .layer("main")
          .definedBy("io.landfall.consumer")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("command")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("duckdb")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("sql")
          .mayOnlyBeAccessedByLayers("duckdb", "command")
          .whereLayer("recover")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("ingest")
          .mayOnlyBeAccessedByLayers("command", "recover")
          .whereLayer("bronze")
          .mayOnlyBeAccessedByLayers("ingest", "recover", "duckdb", "command")
          .whereLayer("landing")
          .mayOnlyBeAccessedByLayers("bronze", "ingest", "recover", "command");

  @ArchTest
  static final ArchRule bronzeKnowsNoKafka =
      noClasses()
          .that()
          .resideInAPackage("..consumer.bronze..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule deltaInternalsStayInBronzeAndSql =
      noClasses()
          .that()
          .resideOutsideOfPackages("..consumer.bronze..", "..consumer.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule sparksParserAndPlansStayInSql =
      noClasses()
          .that()
          .resideOutsideOfPackage("..consumer.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark.sql.catalyst.parser..",
              "org.apache.spark.sql.catalyst.plans..",
              "org.apache.spark.sql.catalyst.analysis..",
              "org.apache.spark.sql.classic..");

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
