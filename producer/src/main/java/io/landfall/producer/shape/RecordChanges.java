package io.landfall.producer.shape;

import io.landfall.producer.shape.NotUsable.Reason;
import io.landfall.producer.source.ClaimedVersion;
import io.landfall.producer.source.ShapedRecords;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.RecordInForce;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.RowKey;
import io.landfall.schemas.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one look changes of rows that are each for themselves. A row has a revision of its own; a
 * look that was asked for before the one that had it last does not count; it is gone after two
 * complete looks without it, and it may come back. One instance a thread.
 */
final class RecordChanges {

  /** A quarter of what vanishes comes back. */
  private static final int LOOKS_WITHOUT_IT = 2;

  private static final String ABSENT = "absent";
  private static final String DELETED = "deleted";

  /** How a look is read. */
  enum Mode {
    /** For the first time. */
    NEW,
    /** Once more: only what it had put in force counts. */
    AGAIN
  }

  /**
   * Of the rows of a look, bytes that are kept; what is beyond is encoded again when it is sent. A
   * row's bytes are a fraction of what it is in memory, but where a record has many parts the rows
   * of these have its text in common, and their bytes do not.
   */
  private static final int MOST_BYTES_KEPT = 32 * 1024 * 1024;

  /**
   * What is written.
   *
   * @param key the row's
   * @param row of the landing topic, complete, as it is sent
   */
  record Emitted(String key, Supplier<byte[]> row, boolean isRetraction) {}

  private final Schema schema;
  private final List<String> repeated;
  private final int[] positions;
  private final GenericData.EnumSymbol upsert;
  private final GenericData.EnumSymbol retract;
  private final ContentHash hash;
  private final RowKey rowKey;
  private final RowFormat rowFormat;
  private final String shapeVersion;
  private final boolean skipsOlder;

  RecordChanges(Dataset dataset, String shapeVersion, boolean skipsOlder) {
    this.schema = dataset.schema();
    this.repeated =
        dataset.retractionColumns().stream().filter(column -> !column.startsWith("_")).toList();
    this.positions = repeated.stream().mapToInt(column -> schema.getField(column).pos()).toArray();
    Schema operation = schema.getField("_operation").schema();
    this.upsert = new GenericData.EnumSymbol(operation, "UPSERT");
    this.retract = new GenericData.EnumSymbol(operation, "RETRACT");
    this.hash = new ContentHash(schema);
    this.rowKey = new RowKey(dataset);
    this.rowFormat = new RowFormat(dataset);
    this.shapeVersion = shapeVersion;
    this.skipsOlder = skipsOlder;
  }

  /** One look, or a part of it, whose changes are collected. */
  final class OfLook {

    private final RecordStates states;
    private final ItemAnswers answers;
    private final String item;
    private final Look look;
    private final Long fetchedAt;
    private final Mode mode;

    /** Whether it tells of absence too. */
    private final boolean answersForRows;

    private final List<Emitted> emitted = new ArrayList<>();
    private int kept;
    private int stale;

    OfLook(RecordStates states, ItemAnswers answers, Mode mode, boolean answersForRows) {
      this.states = states;
      this.answers = answers;
      this.item = answers.getItem().getKey();
      this.look = Look.of(answers);
      this.fetchedAt = answers.getFetchedAt().toEpochMilli();
      this.mode = mode;
      this.answersForRows = answersForRows;
    }

    List<Emitted> emitted() {
      return emitted;
    }

    int retracted() {
      return (int) emitted.stream().filter(Emitted::isRetraction).count();
    }

    /** Rows that were passed over, since a look that was asked for later has had them. */
    int stale() {
      return stale;
    }

    /**
     * The rows of the look, of which the last counts of those with the same key, unless it says of
     * itself that it is older.
     *
     * @return how many stood for a key that another one counts for
     */
    int apply(Collection<ShapedRecords.Row> rows) {
      Map<String, ShapedRecords.Row> byKey = new LinkedHashMap<>();
      for (ShapedRecords.Row row : rows) {
        byKey.merge(
            rowKey.of(row.row()),
            row,
            (before, now) -> isOlder(now.version(), before.version()) ? before : now);
      }
      int doubles = rows.size() - byKey.size();
      for (Iterator<Map.Entry<String, ShapedRecords.Row>> each = byKey.entrySet().iterator();
          each.hasNext();
          each.remove()) {
        Map.Entry<String, ShapedRecords.Row> row = each.next();
        apply(row.getKey(), row.getValue());
      }
      return doubles;
    }

    private void apply(String key, ShapedRecords.Row shaped) {
      RecordInForce before = states.record(key);
      if (before != null && look.askedAt().isBefore(before.getAskedAt())) {
        stale++;
        return;
      }
      if (mode == Mode.AGAIN && before != null && !isInForceBy(before)) {
        return;
      }
      if (before != null && isOlder(shaped.version(), Optional.ofNullable(before.getVersion()))) {
        if (isOfThisLook(before)) {
          return;
        }
        if (skipsOlder) {
          states.put(key, seen(before, Optional.ofNullable(before.getVersion())));
          return;
        }
      }
      if (shaped.isDeleted()) {
        delete(key, shaped, before);
      } else {
        byte[] content = hash.bytes(shaped.row());
        byte[] compared = shaped.compared() == shaped.row() ? null : hash.bytes(shaped.compared());
        if (before != null && isSame(before, content, compared)) {
          keep(key, before, shaped.version());
        } else {
          replace(key, shaped, before, content, compared);
        }
      }
    }

    private boolean isOfThisLook(RecordInForce state) {
      return look.askedAt().equals(state.getAskedAt());
    }

    /** Whether what is in force, or taken back, is what this part of the look said. */
    private boolean isInForceBy(RecordInForce state) {
      return isOfThisLook(state)
          && look.part() == state.getPart()
          && state.getMissed() < LOOKS_WITHOUT_IT;
    }

    private static boolean isOlder(Optional<String> one, Optional<String> other) {
      return one.isPresent() && other.isPresent() && ClaimedVersion.isOlder(one.get(), other.get());
    }

    private static boolean isSame(
        RecordInForce before, byte[] content, byte @Nullable [] compared) {
      if (!RecordStates.isInForce(before)) {
        return false;
      }
      ByteBuffer other = before.getComparedHash();
      return (compared != null && other != null)
          ? other.equals(ByteBuffer.wrap(compared))
          : before.getContentHash().equals(ByteBuffer.wrap(content));
    }

    private RecordInForce seen(RecordInForce before, Optional<String> version) {
      return RecordInForce.newBuilder(before)
          .setAskedAt(look.askedAt())
          .setPart(look.part())
          .setMissed(0)
          .setVersion(version.orElse(null))
          .build();
    }

    private void keep(String key, RecordInForce before, Optional<String> version) {
      RecordInForce.Builder now = RecordInForce.newBuilder(seen(before, version));
      if (answersForRows && !before.getItem().equals(item) && mode == Mode.NEW) {
        byte[] content = bytes(before.getContentHash());
        leave(key, before);
        join(key, content);
        now.setItem(item);
      }
      states.put(key, now.build());
    }

    private void leave(String key, RecordInForce before) {
      states.tally(before.getItem()).subtract(bytes(before.getContentHash()));
      states.disown(before.getItem(), key);
    }

    private void join(String key, byte[] content) {
      states.tally(item).add(content);
      states.own(item, key);
    }

    private void replace(
        String key,
        ShapedRecords.Row shaped,
        @Nullable RecordInForce before,
        byte[] content,
        byte @Nullable [] compared) {
      int revision = before == null ? 1 : before.getRevision() + 1;
      if (before != null && RecordStates.isInForce(before)) {
        leave(key, before);
      }
      join(key, content);
      states.put(
          key,
          new RecordInForce(
              revision,
              ByteBuffer.wrap(content),
              compared == null ? null : ByteBuffer.wrap(compared),
              values(shaped.row()),
              item,
              look.askedAt(),
              look.part(),
              0,
              false,
              shaped.version().orElse(null)));
      emit(key, complete(shaped.row(), revision, upsert, content), false);
    }

    private void delete(String key, ShapedRecords.Row shaped, @Nullable RecordInForce before) {
      RecordInForce.Builder now =
          before == null
              ? RecordInForce.newBuilder()
                  .setRevision(0)
                  .setContentHash(ByteBuffer.wrap(hash.bytes(shaped.row())))
                  .setValues(values(shaped.row()))
              : RecordInForce.newBuilder(before);
      if (before != null && RecordStates.isInForce(before)) {
        leave(key, before);
        GenericRecord row = retraction(before, DELETED);
        for (String repeatedFromRecord :
            List.of("_record", "_item", "_answer", "_source_version")) {
          if (row.getSchema().getField(repeatedFromRecord) != null) {
            row.put(repeatedFromRecord, shaped.row().get(repeatedFromRecord));
          }
        }
        emit(key, complete(row, before), true);
        now.setRevision(before.getRevision() + 1);
      }
      states.put(
          key,
          now.setItem(item)
              .setAskedAt(look.askedAt())
              .setPart(look.part())
              .setMissed(0)
              .setRetracted(true)
              .setVersion(shaped.version().orElse(null))
              .build());
    }

    /**
     * What the look, of which all parts are there, does not have.
     *
     * @param items whose rows it answers for
     */
    void absent(Set<String> items) {
      for (String one : items) {
        states.ofItem(
            one,
            (key, state) -> {
              if (state.getAskedAt().isBefore(look.askedAt())) {
                miss(key, state);
              }
            });
      }
    }

    private void miss(String key, RecordInForce state) {
      RecordInForce.Builder now = RecordInForce.newBuilder(state).setMissed(state.getMissed() + 1);
      if (now.getMissed() >= LOOKS_WITHOUT_IT) {
        leave(key, state);
        GenericRecord row = retraction(state, ABSENT);
        row.put("_item", item);
        row.put(
            "_answer",
            answers.getAnswers().isEmpty() ? "" : answers.getAnswers().get(0).getSha256());
        emit(key, complete(row, state), true);
        now.setRevision(state.getRevision() + 1).setRetracted(true);
      }
      states.put(key, now.build());
    }

    private void emit(String key, GenericRecord row, boolean isRetraction) {
      byte[] bytes = ArchivedAnswers.derived(() -> rowFormat.encode(row));
      if (!RecordSize.fits(key, bytes, Topic.MAX_RECORD_BYTES)) {
        throw new NotUsable(
            Reason.TOO_LARGE,
            "The row %s has %,d bytes, and a record may have %,d"
                .formatted(key, bytes.length, Topic.MAX_RECORD_BYTES));
      }
      boolean keeps = kept + bytes.length <= MOST_BYTES_KEPT;
      kept += keeps ? bytes.length : 0;
      emitted.add(
          new Emitted(key, keeps ? () -> bytes : () -> rowFormat.encode(row), isRetraction));
      states.tally(item).touch();
    }

    private GenericRecord retraction(RecordInForce state, String why) {
      GenericRecord row = new GenericData.Record(schema);
      int each = 0;
      for (Object value : state.getValues()) {
        if (each < positions.length) {
          row.put(positions[each++], value);
        }
      }
      row.put("_coverage", why);
      return row;
    }

    private GenericRecord complete(GenericRecord retraction, RecordInForce before) {
      return complete(
          retraction, before.getRevision() + 1, retract, bytes(before.getContentHash()));
    }

    private GenericRecord complete(
        GenericRecord row, int revision, GenericData.EnumSymbol operation, byte[] content) {
      row.put("_revision", revision);
      row.put("_operation", operation);
      row.put("_content_hash", HexFormat.of().formatHex(content));
      row.put("_fetched_at", fetchedAt);
      row.put("_shape_version", shapeVersion);
      return row;
    }
  }

  private List<Object> values(GenericRecord row) {
    List<Object> values = new ArrayList<>(positions.length);
    for (int position : positions) {
      values.add(RowValues.plain(row.get(position)));
    }
    return values;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
