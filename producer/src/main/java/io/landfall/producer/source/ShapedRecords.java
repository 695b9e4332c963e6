package io.landfall.producer.source;

import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * What the records of some answers came to.
 *
 * @param rows of those that could be used, in their order; more than one may have the same key
 * @param problems what could not be used, with values; while there is anything, nobody knows which
 *     rows are not there
 */
public record ShapedRecords(List<Row> rows, List<String> problems) {

  public ShapedRecords {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
  }

  /**
   * One row.
   *
   * @param row of the dataset's newest schema: all is set but what tells of its revision
   * @param compared the same without what it may differ in and count as the same; the row itself
   *     where that is nothing
   * @param isDeleted whether the API says that it is deleted: then it is taken back
   * @param version what the API says of its version, if anything
   */
  public record Row(
      GenericRecord row, GenericRecord compared, boolean isDeleted, Optional<String> version) {}
}
