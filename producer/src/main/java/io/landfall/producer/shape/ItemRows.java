package io.landfall.producer.shape;

import io.landfall.producer.source.Shaped;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Hash128;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.RowInForce;
import io.landfall.schemas.RowsInForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Compares an item's derived rows with those in force and says what must be emitted: new and
 * changed rows, and retractions of rows that are gone. Pure but for its hashing buffer; one
 * instance a thread.
 */
final class ItemRows {

  /**
   * What one set of rows changes.
   *
   * @param inForce what is in force afterwards
   * @param emitted rows to write, system columns set
   * @param retracted how many of them are retractions
   */
  record Change(RowsInForce inForce, List<GenericRecord> emitted, int retracted) {}

  /**
   * Where answers stand.
   *
   * @param archive the id of its topic
   */
  record Place(String archive, long offset) {}

  /** The state of an item before anything was shaped of it. */
  static final RowsInForce NOTHING_YET =
      new RowsInForce(0, List.of(), List.of(), -1L, Instant.EPOCH, "", "", 0);

  /** The values of {@code _operation}, as in every dataset's schema. */
  private enum Operation {
    UPSERT,
    RETRACT
  }

  private final Schema schema;
  private final List<String> columns;
  private final int keys;
  private final int[] positions;
  private final Map<Operation, GenericData.EnumSymbol> operations;
  private final ContentHash hash;
  private final String shapeVersion;

  ItemRows(Dataset dataset, String shapeVersion) {
    this.schema = dataset.schema();
    this.columns = dataset.retractionColumns();
    this.keys = dataset.key().size();
    this.positions = columns.stream().mapToInt(this::position).toArray();
    Schema operation = schema.getField("_operation").schema();
    this.operations =
        Map.of(
            Operation.UPSERT, new GenericData.EnumSymbol(operation, Operation.UPSERT.name()),
            Operation.RETRACT, new GenericData.EnumSymbol(operation, Operation.RETRACT.name()));
    this.hash = new ContentHash(schema);
    this.shapeVersion = shapeVersion;
  }

  private int position(String column) {
    return schema.getField(column).pos();
  }

  /**
   * Compares.
   *
   * @param before what is in force
   * @param place of the answers
   * @return what changes, or nothing where all rows are as they were
   */
  Optional<Change> change(
      ItemAnswers answers, Shaped.Rows shaped, RowsInForce before, Place place) {
    requireKey(before.getColumns());
    Map<List<Object>, RowInForce> gone = new LinkedHashMap<>();
    before.getRows().forEach(row -> gone.put(key(row, before.getColumns()), row));
    int revision = before.getRevision() + 1;
    List<RowInForce> inForce = new ArrayList<>(shaped.rows().size());
    List<GenericRecord> emitted = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (GenericRecord row : shaped.rows()) {
      RowInForce now = new RowInForce(values(row), new Hash128(hash.bytes(row)));
      if (!seen.add(key(now, columns))) {
        throw new IllegalStateException(
            "Item %s was shaped with two rows for %s"
                .formatted(answers.getItem().getKey(), key(now, columns)));
      }
      inForce.add(now);
      RowInForce old = gone.remove(key(now, columns));
      if (old == null || !old.getContentHash().equals(now.getContentHash())) {
        emitted.add(complete(row, revision, Operation.UPSERT, now, answers.getFetchedAt()));
      }
    }
    for (RowInForce row : gone.values()) {
      GenericRecord retraction = retraction(row, before.getColumns());
      retraction.put("_coverage", shaped.coverage());
      emitted.add(complete(retraction, revision, Operation.RETRACT, row, answers.getFetchedAt()));
    }
    return emitted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Change(
                new RowsInForce(
                    revision,
                    columns,
                    inForce,
                    place.offset(),
                    answers.getFetchedAt(),
                    place.archive(),
                    shaped.coverage(),
                    before.getDeadLetters()),
                emitted,
                gone.size()));
  }

  /** Order-free, of rows in force. */
  static String hash(List<RowInForce> rows) {
    return ContentHash.sum(rows.stream().map(ItemRows::digits).toList());
  }

  private static String digits(RowInForce row) {
    return HexFormat.of().formatHex(row.getContentHash().bytes());
  }

  /**
   * Whether rows that were kept by these columns are this dataset's.
   *
   * @throws IllegalStateException if they are not
   */
  void requireKey(List<String> names) {
    for (String column : columns.subList(0, keys)) {
      // Of an item that was shaped and has no rows yet, no columns are kept.
      if (!names.isEmpty() && !names.contains(column)) {
        throw new IllegalStateException(
            "The rows in force are kept by %s, without %s: another dataset's, whose rows would be emitted again"
                .formatted(names, column));
      }
    }
  }

  /** By name: an older program may have kept other columns, or the same ones in another order. */
  private List<Object> key(RowInForce row, List<String> names) {
    List<Object> key = new ArrayList<>(keys);
    for (String column : columns.subList(0, keys)) {
      key.add(row.getValues().get(names.indexOf(column)));
    }
    return key;
  }

  private List<Object> values(GenericRecord row) {
    List<Object> values = new ArrayList<>(positions.length);
    for (int position : positions) {
      values.add(plain(row.get(position)));
    }
    return values;
  }

  /** Texts are compared, and Avro has more than one class for them. */
  private static Object plain(Object value) {
    return value instanceof CharSequence text ? text.toString() : value;
  }

  private GenericRecord complete(
      GenericRecord row, int revision, Operation operation, RowInForce inForce, Instant fetchedAt) {
    row.put("_revision", revision);
    row.put("_operation", operations.get(operation));
    row.put("_content_hash", digits(inForce));
    row.put("_fetched_at", fetchedAt.toEpochMilli());
    row.put("_shape_version", shapeVersion);
    return row;
  }

  private GenericRecord retraction(RowInForce row, List<String> names) {
    GenericRecord retraction = new GenericData.Record(schema);
    for (int each = 0; each < names.size(); each++) {
      if (schema.getField(names.get(each)) != null) {
        retraction.put(names.get(each), row.getValues().get(each));
      }
    }
    return retraction;
  }
}
