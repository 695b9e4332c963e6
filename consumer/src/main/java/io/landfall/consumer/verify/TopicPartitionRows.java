package io.landfall.consumer.verify;

import io.landfall.consumer.landing.TopicRecord;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.SchemaHistory;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.WireHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one partition of the landing topic holds, and which revision of which item each record
 * belongs to.
 *
 * <p>A landing record does not name its item. But shape writes an item's rows and its manifest into
 * the same partition of the two topics, in one order: so the records are dealt out to the manifests
 * in turn, as many to each as it says that it emitted. What a record says of its revision and its
 * fetch must fit; where it does not, somebody else wrote it, or the manifest has lost rows.
 *
 * <p>A topic that was made anew was filled by somebody, with as much and in such an order as he
 * pleased. There a record that does not fit in turn goes to the revision that it tells of.
 */
final class TopicPartitionRows {

  /** Of rows that are each for themselves, what their item is. */
  private static final String ITEM = "_item";

  private final long beginning;
  private final List<Revision> revisions;
  private final BitSet records = new BitSet();
  private final BitSet strangers = new BitSet();
  private final Map<Revision, Integer> places = new HashMap<>();
  private final Optional<RevisionsByFetch> anew;
  private final Projection projection;
  private final List<Run> runs = new ArrayList<>();
  private int at;
  private boolean began;
  private @Nullable Revision partly;
  private @Nullable Revision last;

  /** Records of one revision, from this offset on; of none that is known where it is null. */
  record Run(long first, @Nullable Revision revision) {}

  /**
   * @param beginning the first offset that counts
   * @param revisions in the order of the manifests
   * @param anew the revisions of all partitions, if the topic was made anew
   */
  TopicPartitionRows(
      Dataset dataset, long beginning, List<Revision> revisions, Optional<RevisionsByFetch> anew) {
    this.beginning = beginning;
    this.revisions = List.copyOf(revisions);
    revisions.forEach(each -> places.put(each, places.size()));
    this.anew = anew;
    this.projection = new Projection(dataset);
  }

  /** Takes the next record. */
  void add(TopicRecord record) {
    records.set(place(record.offset()));
    @Nullable Origin origin = projection.of(record.value());
    if (origin == null && isOfAnybody()) {
      take(record.offset(), null);
      return;
    }
    if (origin != null && !began && beginning > 0) {
      skipExpired(origin);
    }
    @Nullable Revision revision =
        anew.isPresent() ? anew(origin, record.partition(), anew.get()) : next(origin);
    if (revision == null) {
      strangers.set(place(record.offset()));
    } else {
      began = true;
      take(record.offset(), revision);
    }
  }

  private void take(long offset, @Nullable Revision revision) {
    if (runs.isEmpty() || revision != last) {
      runs.add(new Run(offset, revision));
    }
    last = revision;
    if (revision != null) {
      revision.take(offset);
    }
  }

  /** Whether a record that tells nothing may be of any revision, this one or one that is gone. */
  private boolean isOfAnybody() {
    return anew.isPresent() ? last == null || last.isFull() : beginning > 0 && !began;
  }

  /**
   * Counts a record that the table has not come to: rows that its revision will get.
   *
   * @param anew the revisions of all partitions
   */
  void addToCome(TopicRecord record, RevisionsByFetch anew) {
    @Nullable Origin origin = projection.of(record.value());
    if (origin != null) {
      origin.among(anew, record.partition()).forEach(Revision::willGet);
    }
  }

  private @Nullable Revision anew(
      @Nullable Origin origin, int partition, RevisionsByFetch revisionsOfAll) {
    while (at < revisions.size() && revisions.get(at).isFull()) {
      at++;
    }
    if (origin == null) {
      return last;
    }
    if (at < revisions.size() && origin.fits(revisions.get(at).manifest())) {
      return revisions.get(at);
    }
    List<Revision> told = origin.among(revisionsOfAll, partition);
    if (told.size() > 1) {
      told.forEach(Revision::doubt);
    }
    @Nullable Revision found =
        told.stream()
            .filter(each -> !each.isFull())
            .findFirst()
            .orElseGet(() -> told.isEmpty() ? null : told.get(0));
    if (found != null && !found.isFull()) {
      at = places.getOrDefault(found, at);
    }
    return found;
  }

  private @Nullable Revision next(@Nullable Origin origin) {
    while (at < revisions.size() && revisions.get(at).isFull()) {
      at++;
    }
    if (at >= revisions.size()) {
      return null;
    }
    if (origin == null || origin.fits(revisions.get(at).manifest())) {
      return revisions.get(at);
    }
    // Either the record is a stranger's, or this revision has lost rows.
    if (at + 1 < revisions.size() && origin.fits(revisions.get(at + 1).manifest())) {
      at++;
      return revisions.get(at);
    }
    return null;
  }

  private void skipExpired(Origin origin) {
    int candidate = at;
    while (candidate < revisions.size() && !origin.fits(revisions.get(candidate).manifest())) {
      candidate++;
    }
    if (candidate < revisions.size()) {
      at = candidate;
      partly = revisions.get(candidate);
    }
  }

  private int place(long offset) {
    return Math.toIntExact(offset - beginning);
  }

  long beginning() {
    return beginning;
  }

  /** The offsets that have a record, counted from the beginning. */
  BitSet records() {
    return records;
  }

  boolean has(long offset) {
    return offset >= beginning && records.get(place(offset));
  }

  /** Records that no manifest tells of. */
  LongStream strangers() {
    return strangers.stream().mapToLong(place -> beginning + place);
  }

  boolean isStranger(long offset) {
    return offset < beginning || strangers.get(place(offset));
  }

  /** Whose the records are, in the order of their offsets. */
  List<Run> runs() {
    return runs;
  }

  /** Those behind which further ones have records, and that have not all of their own. */
  List<Revision> shortOfRows() {
    List<Revision> lacking = new ArrayList<>();
    for (int i = 0; i < at && i < revisions.size(); i++) {
      Revision revision = revisions.get(i);
      if (!revision.isFull() && !isExpired(revision)) {
        lacking.add(revision);
      }
    }
    return lacking;
  }

  /** Whether the topic has lost rows of it with its beginning. */
  boolean isExpired(Revision revision) {
    return beginning > 0
        && ((revision == partly && !revision.isFull())
            || (revision.found() == 0 && places.getOrDefault(revision, 0) < firstFound()));
  }

  private int firstFound() {
    for (int i = 0; i < revisions.size(); i++) {
      if (revisions.get(i).found() > 0) {
        return i;
      }
    }
    return 0;
  }

  List<Revision> revisions() {
    return revisions;
  }

  /** What a record says of where it came from. */
  private record Origin(
      int revision, long fetchedAt, @Nullable String shapeVersion, @Nullable String item) {

    /** A row that names its item has a revision of its own, which no manifest tells. */
    boolean fits(Manifest manifest) {
      return (item == null ? revision == manifest.getRevision() : item.equals(manifest.getItem()))
          && fetchedAt == manifest.getFetchedAt().toEpochMilli()
          && (shapeVersion == null || shapeVersion.equals(manifest.getShapeVersion()));
    }

    List<Revision> among(RevisionsByFetch all, int partition) {
      return all.of(revision, fetchedAt, MarkRows.hash(shapeVersion), partition);
    }
  }

  /** Reads these few fields and passes over all others. */
  private static final class Projection {
    private final SchemaHistory history;
    private final SchemaIds ids;
    private final Schema wanted;
    private final Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private @Nullable BinaryDecoder decoder;
    private @Nullable GenericRecord reused;

    Projection(Dataset dataset) {
      Schema schema = dataset.schema();
      this.ids = dataset.encoding().ids();
      this.history = dataset.history();
      List<Schema.Field> fields =
          Stream.of("_revision", MarkRows.FETCHED_AT, MarkRows.SHAPE_VERSION, ITEM)
              .map(schema::getField)
              .filter(field -> field != null)
              .map(field -> new Schema.Field(field, field.schema()))
              .toList();
      this.wanted =
          Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    /** Null for what is no row. */
    @Nullable Origin of(byte @Nullable [] value) {
      Optional<WireHeader> header = value == null ? Optional.empty() : WireHeader.of(value);
      if (value == null || header.isEmpty()) {
        return null;
      }
      OptionalLong fingerprint = header.get().fingerprint(ids);
      if (fingerprint.isEmpty()) {
        return null;
      }
      GenericDatumReader<GenericRecord> reader = readers.get(fingerprint.getAsLong());
      if (reader == null) {
        @Nullable Schema writer = history.findByFingerprint(fingerprint.getAsLong());
        if (writer == null) {
          return null;
        }
        reader = new GenericDatumReader<>(writer, wanted);
        readers.put(fingerprint.getAsLong(), reader);
      }
      try {
        int begin = header.get().length();
        decoder = DecoderFactory.get().binaryDecoder(value, begin, value.length - begin, decoder);
        reused = reader.read(reused, decoder);
        return new Origin(
            (Integer) reused.get("_revision"),
            (Long) reused.get(MarkRows.FETCHED_AT),
            wanted.getField(MarkRows.SHAPE_VERSION) == null
                ? null
                : String.valueOf(reused.get(MarkRows.SHAPE_VERSION)),
            wanted.getField(ITEM) == null ? null : String.valueOf(reused.get(ITEM)));
      } catch (IOException
          | AvroRuntimeException
          | IndexOutOfBoundsException
          | NegativeArraySizeException
          | UnsupportedOperationException e) {
        reused = null;
        return null;
      }
    }
  }
}
