package io.landfall.producer;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.landfall.schemas.LedgerEntry;

/** The package tree is the data flow: what comes earlier knows nothing of what comes later. */
@AnalyzeClasses(packages = "io.landfall.producer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule roomsKnowOnlyWhatComesBeforeThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("main")
          .definedBy("io.landfall.producer")
          .layer("command")
          .definedBy("io.landfall.producer.command..")
          .layer("overview")
          .definedBy("io.landfall.producer.overview..")
          .layer("schedule")
          .definedBy("io.landfall.producer.schedule..")
          .layer("deadletter")
          .definedBy("io.landfall.producer.deadletter..")
          .layer("shape")
          .definedBy("io.landfall.producer.shape..")
          .layer("fetch")
          .definedBy("io.landfall.producer.fetch..")
          .layer("ledger")
          .definedBy("io.landfall.producer.ledger..")
          .layer("nhl")
          .definedBy("io.landfall.producer.nhl..")
          .layer("rest")
          .definedBy("io.landfall.producer.rest..")
          .layer("record")
          .definedBy("io.landfall.producer.record..")
          .layer("definition")
          .definedBy("io.landfall.producer.definition..")
          .layer("source")
          .definedBy("io.landfall.producer.source..")
          .layer("http")
          .definedBy("io.landfall.producer.http..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("command")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("overview")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("nhl")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("schedule")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("deadletter")
          .mayOnlyBeAccessedByLayers("overview", "command")
          .whereLayer("shape")
          .mayOnlyBeAccessedByLayers("deadletter", "command")
          .whereLayer("fetch")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers("fetch", "schedule", "overview", "command")
          .whereLayer("rest")
          .mayOnlyBeAccessedByLayers("command", "main")
          .whereLayer("record")
          .mayOnlyBeAccessedByLayers("rest", "command", "main")
          .whereLayer("definition")
          .mayOnlyBeAccessedByLayers("record", "rest", "command", "main")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers(
              "nhl", "record", "rest", "ledger", "fetch", "shape", "command", "main")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("source", "nhl", "rest", "command");

  /** Its rows' schema is a part of it. */
  @ArchTest
  static final ArchRule nothingButTheEntryAndItselfNamesTheNhl =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.landfall.producer", "io.landfall.producer.nhl..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.landfall.producer.nhl..", "io.landfall.schemas.nhl..");

  @ArchTest
  static final ArchRule statisticsKnowNeitherKafkaNorHttpNorHowTheyAreAskedFor =
      noClasses()
          .that()
          .resideInAPackage("io.landfall.producer.nhl.stats..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "java.net.http..",
              "java.util.concurrent..",
              "io.landfall.producer.http..",
              "io.landfall.producer.nhl.api..");

  @ArchTest
  static final ArchRule whatAsksAnApiKnowsNoKafka =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.landfall.producer.http..",
              "io.landfall.producer.source..",
              "io.landfall.producer.nhl..",
              "io.landfall.producer.rest.ask..",
              "io.landfall.producer.fetch..")
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

  /** What belongs to a state is written by the one who knows which state may follow. */
  @ArchTest
  static final ArchRule onlyTheLedgersOwnFormatWritesAState =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.landfall.producer.ledger.StatusFormat")
          .should()
          .callMethodWhere(
              target(
                      nameMatching(
                          "set(Status|Missing|Reason|Remark|Attempts|WaitingSince|NextAttemptAt)"))
                  .and(target(owner(belongToAnyOf(LedgerEntry.class)))));
}
