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
          .layer("storage")
          .definedBy("..consumer.storage..")
          .layer("bronze")
          .definedBy("..consumer.bronze..")
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
          .whereLayer("fast")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("spark")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("door")
          .mayOnlyBeAccessedByLayers("fast", "spark", "ingest", "command")
          .whereLayer("columnar")
          .mayOnlyBeAccessedByLayers("fast")
          .whereLayer("kernel")
          .mayOnlyBeAccessedByLayers("fast", "ingest", "command")
          .whereLayer("bronze")
          .mayOnlyBeAccessedByLayers(
              "columnar", "kernel", "door", "fast", "spark", "ingest", "recover", "command")
          .whereLayer("landing")
          .mayOnlyBeAccessedByLayers(
              "bronze", "kernel", "door", "fast", "spark", "ingest", "recover", "command");

  @ArchTest
  static final ArchRule onlyLandingAndTheQueryKnowKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages("..consumer.landing..", "..consumer.ingest..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule insidesOfSparkAndDeltaStayInTheFastDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage("..consumer.door.fast..")
          .and()
          // Whether a statement only reads, Spark tells by its parsed plan alone.
          .haveSimpleNameNotStartingWith("ReadOnly")
          .and()
          .haveSimpleNameNotStartingWith("SqlVerb")
          .and()
          // Where pages of Parquet begin and end is for Spark's own names of the types.
          .resideOutsideOfPackage("..consumer.columnar..")
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
          .resideInAnyPackage("..consumer.door", "..consumer.door.spark..", "..consumer.bronze..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta.kernel..", "org.apache.parquet..", "..consumer.kernel..");

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
