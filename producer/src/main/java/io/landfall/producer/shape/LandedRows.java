package io.landfall.producer.shape;

import io.landfall.cli.LandfallException;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import org.apache.avro.generic.GenericRecord;

/** Rows that shape has written, in whichever format. */
final class LandedRows {

  private final RowFormat format;

  LandedRows(Dataset dataset) {
    this.format = new RowFormat(dataset);
  }

  /**
   * One of them.
   *
   * @param name of the record, for people
   * @throws LandfallException if a schema registry would be needed to read it
   */
  GenericRecord decode(String name, byte[] value) {
    format
        .unresolved(value)
        .ifPresent(
            why -> {
              throw LandfallException.usage(
                  "%s %s. Name the one that it was written with: --schema-registry-url"
                      .formatted(name, why));
            });
    try {
      return format.decode(value);
    } catch (Undecodable e) {
      throw new IllegalStateException("%s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }
}
