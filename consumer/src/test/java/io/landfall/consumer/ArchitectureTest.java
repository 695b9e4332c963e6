package io.landfall.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;

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
          .layer("storage")
          .definedBy("..consumer.storage..")
          .layer("bronze")
          .definedBy("..consumer.bronze..")
          .layer("damage")
          .definedBy("..consumer.damage..")
          .layer("watch")
          .definedBy("..consumer.watch..")
          .layer("columnar")
          .definedBy("..consumer.columnar..")
          .layer("kernel")
          .definedBy("..consumer.kernel..")
          .layer("door")
          .definedBy("..consumer.door")
          .layer("fast")
          .definedBy("..consumer.door.fast..")
          .layer("spark")
          .definedBy("..consumer.door.spark..")
          .layer("adopt")
          .definedBy("..consumer.adopt..")
          .layer("ingest")
          .definedBy("..consumer.ingest..")
          .layer("quarantine")
          .definedBy("..consumer.quarantine..")
          .layer("recover")
          .definedBy("..consumer.recover..")
          .layer("backup")
          .definedBy("..consumer.backup..")
          .layer("optimize")
          .definedBy("..consumer.optimize..")
          .layer("verify")
          .definedBy("..consumer.verify..")
          .layer("compare")
          .definedBy("..consumer.compare..")
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
          .whereLayer("quarantine")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("recover")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("backup")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("optimize")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("compare")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("verify")
          .mayOnlyBeAccessedByLayers("recover", "command")
          .whereLayer("ingest")
          .mayOnlyBeAccessedByLayers("command", "recover")
          .whereLayer("adopt")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("fast")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("spark")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("door")
          .mayOnlyBeAccessedByLayers(
              "fast", "spark", "adopt", "ingest", "quarantine", "recover", "command")
          .whereLayer("columnar")
          .mayOnlyBeAccessedByLayers("fast")
          .whereLayer("kernel")
          .mayOnlyBeAccessedByLayers("fast", "ingest", "backup", "duckdb", "command")
          .whereLayer("damage")
          .mayOnlyBeAccessedByLayers("kernel", "spark")
          .whereLayer("watch")
          .mayOnlyBeAccessedByLayers("kernel", "door", "spark", "adopt", "command")
          .whereLayer("bronze")
          .mayOnlyBeAccessedByLayers(
              "columnar",
              "damage",
              "watch",
              "kernel",
              "door",
              "fast",
              "spark",
              "adopt",
              "ingest",
              "quarantine",
              "recover",
              "backup",
              "verify",
              "compare",
              "duckdb",
              "command")
          .whereLayer("storage")
          .mayOnlyBeAccessedByLayers("kernel", "door", "fast", "spark", "backup", "command")
          .whereLayer("landing")
          .mayOnlyBeAccessedByLayers(
              "bronze",
              "watch",
              "kernel",
              "door",
              "fast",
              "spark",
              "ingest",
              "quarantine",
              "recover",
              "backup",
              "adopt",
              "verify",
              "command");

  @ArchTest
  static final ArchRule onlyLandingAndTheQueryKnowKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages("..consumer.landing..", "..consumer.ingest..")
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
  static final ArchRule insidesOfSparkAndDeltaStayInTheFastDoorAndSql =
      noClasses()
          .that()
          // Whether a statement only reads, Spark tells by its parsed plan alone.
          .resideOutsideOfPackages("..consumer.door.fast..", "..consumer.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark.sql.delta..",
              "org.apache.spark.sql.execution..",
              "org.apache.spark.sql.catalyst..",
              "org.apache.spark.sql.classic..");

  /** Kernel hands out a snapshot's protocol and a scan's files as classes of its own insides. */
  @ArchTest
  static final ArchRule insidesOfKernelStayWhereItHandsThemOut =
      noClasses()
          .that()
          .resideOutsideOfPackage("..consumer.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.delta.kernel.internal..");

  /** It has to run where only Spark, Delta and Kafka's clients are. */
  @ArchTest
  static final ArchRule sparkDoorNeedsNeitherKernelNorParquet =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..consumer.door",
              "..consumer.door.spark..",
              "..consumer.watch..",
              "..consumer.bronze..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta.kernel..", "org.apache.parquet..", "..consumer.kernel..");

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

  /** A room gets a record of what it is told, and not where that stands. */
  @ArchTest
  static final ArchRule onlyCommandsAndRecordsOfSettingsReadSettings =
      noClasses()
          .that()
          .resideOutsideOfPackage("..consumer.command..")
          .and()
          .haveSimpleNameNotEndingWith("Settings")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(LandfallSettings.class, Setting.class, Settings.class);

  /** Which dataset it is, main says; all other rooms learn it from the dataset. */
  @ArchTest
  static final ArchRule nothingKnowsHockey =
      noClasses()
          .that()
          .resideInAnyPackage("io.landfall.consumer.(*)..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.landfall.schemas.nhl..");
}
