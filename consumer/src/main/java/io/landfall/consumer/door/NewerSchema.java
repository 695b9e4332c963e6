package io.landfall.consumer.door;

import io.landfall.cli.LandfallException;
import io.landfall.cli.RefusalReason;
import io.landfall.cli.TableLocation;
import io.landfall.cli.Version;
import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.QuarantineTable;
import io.landfall.schemas.AppliedDefinitions;
import io.landfall.schemas.Dataset;

/**
 * A record that this release is too old for, whose schema nobody knows whom this run may ask, or
 * whose header is corrupt.
 */
public final class NewerSchema {

  private NewerSchema() {}

  /** What is told before anything of its batch is written. */
  public static LandfallException refusal(
      Dataset dataset, TableLocation table, int partition, long offset, Fault fault) {
    return fault.kind() == Fault.Kind.UNKNOWN_ID
        ? unresolved(dataset, table, partition, offset, fault)
        : newer(dataset, table, partition, offset, fault);
  }

  private static LandfallException unresolved(
      Dataset dataset, TableLocation table, int partition, long offset, Fault fault) {
    return LandfallException.refused(
        RefusalReason.UNKNOWN_SCHEMA,
        "Topic %s, partition %d, offset %d holds a record whose schema nobody knows who can be asked: %s. Nothing of this batch was written; the table stands before it. Name the registry that the record's producer registers its schemas with (--schema-registry-url, or schema-registry-url in the file of --config), and the same command goes on from there. If no registry has that id, because somebody else wrote the record or its first bytes are corrupt, or if the others must not wait: landfall consumer run --quarantine-schema %s --table %s sets the records with exactly this id aside, with all they had, into %s; `landfall consumer quarantine replay --all` makes them rows once a registry knows it."
            .formatted(
                dataset.landing().name(),
                partition,
                offset,
                fault.detail(),
                fault.fingerprint(),
                table,
                QuarantineTable.beside(table)));
  }

  private static LandfallException newer(
      Dataset dataset, TableLocation table, int partition, long offset, Fault fault) {
    return dataset.origin() == Dataset.Origin.DEFINITION
        ? undefined(dataset, table, partition, offset, fault)
        : ofNewerRelease(dataset, table, partition, offset, fault);
  }

  private static LandfallException undefined(
      Dataset dataset, TableLocation table, int partition, long offset, Fault fault) {
    return LandfallException.refused(
        RefusalReason.UNKNOWN_SCHEMA,
        "Topic %s, partition %d, offset %d holds a record whose schema is in no definition of %s: %s. Nothing of this batch was written; the table stands before it. A producer writes the definition to topic %s before the first row that needs it; if that topic was lost, landfall source apply FILE writes it again, and the same command goes on from there. If no definition has that schema, because its fingerprint is corrupt or somebody else wrote it, or if the others must not wait: landfall consumer run --quarantine-schema %s --dataset %s --table %s sets the records of exactly this schema aside, with all they had, into %s."
            .formatted(
                dataset.landing().name(),
                partition,
                offset,
                dataset.title(),
                fault.detail(),
                AppliedDefinitions.topic(dataset.topicPrefix()).name(),
                fault.fingerprint(),
                dataset.title(),
                table,
                QuarantineTable.beside(table)));
  }

  private static LandfallException ofNewerRelease(
      Dataset dataset, TableLocation table, int partition, long offset, Fault fault) {
    return LandfallException.refused(
        RefusalReason.UNKNOWN_SCHEMA,
        "Topic %s, partition %d, offset %d holds a record of a newer release: %s. This is release %s; one that knows schema %s is needed, as the producer that wrote it is. Nothing of this batch was written; the table stands before it. Install that release, and the same command goes on from there. If no release knows that schema, because its fingerprint is corrupt or somebody else wrote it, or if the others must not wait: landfall consumer run --quarantine-schema %s --table %s sets the records of exactly this schema aside, with all they had, into %s; `landfall consumer quarantine replay --all` makes them rows once a release knows it."
            .formatted(
                dataset.landing().name(),
                partition,
                offset,
                fault.detail(),
                Version.current(),
                fault.fingerprint(),
                fault.fingerprint(),
                table,
                QuarantineTable.beside(table)));
  }
}
