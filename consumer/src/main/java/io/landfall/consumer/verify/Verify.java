package io.landfall.consumer.verify;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Progress;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.consumer.bronze.CheckedRows;
import io.landfall.consumer.bronze.CheckedRows.Unreadable;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.landing.CommittedRecords;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.landing.TopicRecord;
import io.landfall.consumer.verify.Problem.Kind;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Manifests and landing topic against the rows of the table. For one thread, and once. */
public final class Verify {

  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);

  /**
   * What is verified.
   *
   * @param earlierTopicIds of topics that rows came from before this one was adopted
   * @param beginnings of the landing topic, or of the table where that begins later
   * @param begins from where on the table has the topic's records, if it was rebuilt in part
   * @param hasBegunLate whether it had only a part of an earlier topic
   * @param position where the table stands at the version that is read
   * @param landed up to where rows were ever landed; no less than the position
   * @param quarantined records that are in the quarantine table instead
   * @param quarantinedEarlier how many of earlier topics are, by partition
   * @param scratch a folder for temporary files
   * @param isDeep whether each row is compared with its record, column by column
   */
  public record Subject(
      Dataset dataset,
      String topicId,
      List<String> earlierTopicIds,
      Offsets beginnings,
      Offsets begins,
      boolean hasBegunLate,
      Offsets position,
      Offsets landed,
      CheckedRows rows,
      OffsetSet quarantined,
      Map<Integer, Long> quarantinedEarlier,
      Path scratch,
      boolean isDeep) {

    public Subject {
      earlierTopicIds = List.copyOf(earlierTopicIds);
      quarantinedEarlier = Map.copyOf(quarantinedEarlier);
    }

    boolean isOfSeveralTopics() {
      return !earlierTopicIds.isEmpty();
    }
  }

  private final Subject subject;
  private final KafkaSettings kafka;
  private final Progress progress;
  private final RowFormat rows;
  private final List<String> columns;
  private final Map<String, Integer> items = new LinkedHashMap<>();

  /** The newest of each item, where only all of them together tell what is in force. */
  private final Map<String, Manifest> newest = new LinkedHashMap<>();

  private @Nullable RowsTaken taken;

  public Verify(Subject subject, KafkaSettings kafka, Progress progress) {
    this.subject = subject;
    this.kafka = kafka;
    this.progress = progress;
    this.rows = new RowFormat(subject.dataset());
    this.columns = columns(subject.dataset(), subject.rows());
  }

  /** Those of the dataset that the table has. */
  static List<String> columns(Dataset dataset, CheckedRows rows) {
    return Stream.concat(
            dataset.schema().getFields().stream().map(field -> field.name()),
            Stream.of(SystemColumn.values()).map(SystemColumn::column))
        .filter(rows.columns()::contains)
        .toList();
  }

  /** Does it. */
  public VerifyReport run() throws InterruptedException {
    Optional<DigestsByOffset> digests =
        subject.isDeep()
            ? Optional.of(
                new DigestsByOffset(subject.beginnings(), subject.landed(), subject.scratch()))
            : Optional.empty();
    try (CommittedRecords records =
        new CommittedRecords(kafka, subject.dataset().landing().name())) {
      LandingMap landing = landing(records, digests);
      List<Unreadable> unreadable = readTable(landing, digests);
      return report(landing, records, unreadable, digests);
    } finally {
      if (taken != null) {
        taken.close();
      }
      digests.ifPresent(DigestsByOffset::close);
    }
  }

  private LandingMap landing(CommittedRecords records, Optional<DigestsByOffset> digests)
      throws InterruptedException {
    TreeMap<Integer, TopicPartitionRows> partitions = new TreeMap<>();
    TreeMap<Integer, List<Revision>> manifests = new TreeMap<>(manifests());
    List<Revision> revisions = manifests.values().stream().flatMap(List::stream).toList();
    Optional<RevisionsByFetch> anew =
        subject.isOfSeveralTopics()
            ? Optional.of(new RevisionsByFetch(revisions, areRowsRevised()))
            : Optional.empty();
    Optional<Digester> digester =
        digests.map(all -> new Digester(all, subject.dataset(), columns, subject.topicId()));
    try (Progress.Work work =
        progress.of("offsets of the topic", subject.landed().since(subject.beginnings()))) {
      for (int partition : subject.landed().partitionsWith(subject.beginnings())) {
        long beginning = subject.beginnings().in(partition);
        long landed = subject.landed().in(partition);
        TopicPartitionRows rows =
            new TopicPartitionRows(
                subject.dataset(), beginning, manifests.getOrDefault(partition, List.of()), anew);
        partitions.put(partition, rows);
        long[] last = {beginning};
        Consumer<TopicRecord> each =
            record -> {
              requireResolved(record);
              rows.add(record);
              digester.ifPresent(every -> every.add(record));
              work.done(record.offset() - last[0]);
              last[0] = record.offset();
            };
        if (anew.isPresent()) {
          // Whether what a manifest tells of is lost or to come, only the rest of the topic knows.
          records.readAll(
              partition,
              record -> {
                if (record.offset() >= landed) {
                  rows.addToCome(record, anew.get());
                } else if (record.offset() >= beginning) {
                  each.accept(record);
                }
              });
        } else {
          records.read(partition, beginning, landed, each);
        }
      }
    }
    return new LandingMap(partitions, revisions, anew);
  }

  /**
   * Refuses to hold a row against a record of which nobody here knows the schema: whoever landed it
   * knew. One that went to quarantine has no row.
   */
  private void requireResolved(TopicRecord record) {
    byte[] value = record.value();
    Optional<String> unresolved = value == null ? Optional.empty() : rows.unresolved(value);
    if (unresolved.isPresent()
        && !subject.quarantined().contains(record.partition(), record.offset())) {
      throw LandfallException.usage(
          "Topic %s, partition %d, offset %d was landed, and cannot be held against its row: it %s. Name the registry that its producer registers schemas with: --schema-registry-url"
              .formatted(
                  subject.dataset().landing().name(),
                  record.partition(),
                  record.offset(),
                  unresolved.get()));
    }
  }

  private Map<Integer, List<Revision>> manifests() throws InterruptedException {
    Map<Integer, List<Revision>> manifests = new HashMap<>();
    try (CommittedRecords records =
        new CommittedRecords(kafka, subject.dataset().topics().manifests().name())) {
      for (int partition = 0; partition < records.partitions(); partition++) {
        Map<String, Revision> revisions = new LinkedHashMap<>();
        records.readAll(
            partition,
            record ->
                manifest(record)
                    .filter(found -> found.getResource().equals(subject.dataset().resource()))
                    .map(this::remembered)
                    .filter(found -> found.getRowsEmitted() > 0)
                    .ifPresent(
                        found -> {
                          items.putIfAbsent(found.getItem(), items.size());
                          String name =
                              subject.isOfSeveralTopics()
                                  // All may have been told again to fill the topic.
                                  ? found.getItem() + "/" + found.getRevision()
                                  : Long.toString(record.offset());
                          revisions.remove(name);
                          revisions.put(name, new Revision(found, record.partition()));
                        }));
        manifests.put(partition, List.copyOf(revisions.values()));
      }
    }
    return manifests;
  }

  private Manifest remembered(Manifest manifest) {
    if (areRowsRevised()) {
      newest.put(manifest.getItem(), manifest);
    }
    return manifest;
  }

  /** Whether revisions are the rows' own, and not those of their items. */
  private boolean areRowsRevised() {
    return subject.dataset().origin() == Dataset.Origin.DEFINITION;
  }

  /** What is no manifest leaves its rows without one, and these are told. */
  private static Optional<Manifest> manifest(TopicRecord record) {
    byte[] value = record.value();
    try {
      return value == null ? Optional.empty() : Optional.of(MANIFESTS.decode(value));
    } catch (Undecodable e) {
      return Optional.empty();
    }
  }

  /** Hashes records as the table's rows are hashed. */
  private static final class Digester {
    private final DigestsByOffset digests;
    private final RecordColumns records;
    private final MarkRows.Marker marker;

    Digester(DigestsByOffset digests, Dataset dataset, List<String> columns, String topicId) {
      this.digests = digests;
      this.records = new RecordColumns(dataset, columns, topicId);
      this.marker = MarkRows.of(dataset, columns, topicId, true).begin();
    }

    void add(TopicRecord record) {
      try {
        digests.ofTopic(record, marker.everything(records.of(record)));
      } catch (Undecodable e) {
        // It has no row to be compared with; that there is none is seen by its offset.
      }
    }
  }

  private List<Unreadable> readTable(LandingMap landing, Optional<DigestsByOffset> digests)
      throws InterruptedException {
    try (Progress.Work work = progress.of("rows of the table", subject.rows().promised())) {
      return subject.rows().read(columns, marks(), () -> anew(landing, digests, work));
    }
  }

  private MarkRows marks() {
    return MarkRows.of(subject.dataset(), columns, subject.topicId(), subject.isDeep());
  }

  private RowsTaken anew(
      LandingMap landing, Optional<DigestsByOffset> digests, Progress.Work work) {
    if (taken != null) {
      taken.close();
    }
    digests.ifPresent(DigestsByOffset::forgetTable);
    taken = new RowsTaken(subject, landing, items, digests, work);
    return taken;
  }

  private VerifyReport report(
      LandingMap landing,
      CommittedRecords records,
      List<Unreadable> unreadable,
      Optional<DigestsByOffset> digests)
      throws InterruptedException {
    RowsTaken rows = Optional.ofNullable(taken).orElseThrow();
    findLeftOut(landing, rows, records);
    Lacking lacking = lacking(landing, rows, records);
    findStrange(landing, rows.problems());
    if (digests.isPresent()) {
      new Differences(subject, columns, records, rows.problems(), landing).find(digests.get());
    }
    ItemStates states = states(landing, rows, lacking);
    return new VerifyReport(
        subject.rows().version(),
        subject.position(),
        states.landed().size(),
        states.waiting().size(),
        states.begunLate().size(),
        landing.records(),
        rows.rows(),
        lacking.quarantined().values().stream().mapToLong(Long::longValue).sum(),
        rows.known().size(),
        rows.expired(),
        rows.ofOtherTopics(),
        subject.isDeep(),
        unreadable,
        findings(landing, states, rows, lacking),
        rows.problems().counts(),
        rows.problems().named(),
        lacking.missing());
  }

  private ItemStates states(LandingMap landing, RowsTaken rows, Lacking lacking) {
    if (!subject.isOfSeveralTopics()) {
      return ItemStates.inTurn(landing);
    }
    Map<Integer, Long> quarantined = new HashMap<>(subject.quarantinedEarlier());
    lacking.quarantinedOfAny().forEach((in, count) -> quarantined.merge(in, count, Long::sum));
    return ItemStates.ofSeveralTopics(
        landing,
        number -> rows.there(number) + lacking.ofRevision()[number],
        quarantined,
        subject.hasBegunLate(),
        rows.problems());
  }

  /** Finds the records that have no row of their own because another row says the same. */
  private void findLeftOut(LandingMap landing, RowsTaken rows, CommittedRecords records)
      throws InterruptedException {
    if (!subject.isOfSeveralTopics()) {
      rows.bringTogether(Optional.empty());
      return;
    }
    RecordColumns asColumns = new RecordColumns(subject.dataset(), columns, subject.topicId());
    MarkRows.Marker marker = marks().begin();
    try (Holes holes = new Holes(subject.scratch())) {
      for (int partition : landing.partitions().keySet()) {
        BitSet without = withoutRow(landing, rows, partition);
        if (without.isEmpty()) {
          continue;
        }
        long beginning = subject.beginnings().in(partition);
        records.read(
            partition,
            beginning + without.nextSetBit(0),
            beginning + without.length(),
            record -> {
              if (!without.get((int) (record.offset() - beginning))) {
                return;
              }
              try {
                holes.add(
                    landing.numberAt(partition, record.offset()),
                    marker.markAsEarlier(asColumns.of(record)));
              } catch (Undecodable e) {
                // It is no row, and no row says the same.
              }
            });
      }
      rows.bringTogether(Optional.of(holes));
    }
  }

  /** Records that are neither rows nor in quarantine, counted from the beginning. */
  private BitSet withoutRow(LandingMap landing, RowsTaken rows, int partition) {
    BitSet without = new BitSet();
    @Nullable TopicPartitionRows in = landing.partitions().get(partition);
    if (in != null) {
      without.or(in.records());
      rows.seen().in(partition).forEach(o -> without.clear((int) (o - in.beginning())));
      subject
          .quarantined()
          .in(partition)
          .filter(offset -> offset >= in.beginning())
          .forEach(offset -> without.clear((int) (offset - in.beginning())));
    }
    return without;
  }

  /**
   * Records that are no rows of the table.
   *
   * @param missingOf by the item
   * @param quarantined by the item
   * @param quarantinedOfAny those of which the item is not known, by partition
   * @param ofRevision by its number
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Lacking(
      OffsetSet missing,
      Map<String, Long> missingOf,
      Map<String, Long> quarantined,
      Map<Integer, Long> quarantinedOfAny,
      int[] ofRevision) {}

  private Lacking lacking(LandingMap landing, RowsTaken rows, CommittedRecords records)
      throws InterruptedException {
    Lacking lacking =
        new Lacking(
            OffsetSet.from(subject.beginnings().byPartition()),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new int[landing.revisions().size()]);
    for (Map.Entry<Integer, TopicPartitionRows> each : landing.partitions().entrySet()) {
      int partition = each.getKey();
      long beginning = each.getValue().beginning();
      BitSet holes = (BitSet) each.getValue().records().clone();
      rows.seen().in(partition).forEach(offset -> holes.clear((int) (offset - beginning)));
      rows.known().in(partition).forEach(offset -> holes.clear((int) (offset - beginning)));
      for (int at = holes.nextSetBit(0); at >= 0; at = holes.nextSetBit(at + 1)) {
        long offset = beginning + at;
        int number = landing.numberAt(partition, offset);
        String item = landing.itemAt(partition, offset);
        if (number >= 0) {
          lacking.ofRevision()[number]++;
        }
        if (subject.quarantined().contains(partition, offset)) {
          lacking.quarantined().merge(item, 1L, Long::sum);
          if (number < 0) {
            lacking.quarantinedOfAny().merge(partition, 1L, Long::sum);
          }
        } else {
          lacking.missingOf().merge(item, 1L, Long::sum);
          Kind kind = offset < subject.position().in(partition) ? Kind.MISSING : Kind.TAKEN;
          if (kind == Kind.MISSING) {
            lacking.missing().add(partition, offset);
          }
          String key = rows.problems().isNaming(kind) ? key(records, partition, offset) : "";
          rows.problems().add(kind, item, partition, offset, key);
        }
      }
    }
    return lacking;
  }

  private static String key(CommittedRecords records, int partition, long offset)
      throws InterruptedException {
    StringBuilder key = new StringBuilder();
    records.read(
        partition,
        offset,
        offset + 1,
        record -> {
          byte[] bytes = record.key();
          key.append(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
        });
    return key.toString();
  }

  private void findStrange(LandingMap landing, Problems problems) {
    landing
        .partitions()
        .forEach(
            (partition, rows) -> {
              rows.strangers()
                  .forEach(offset -> problems.add(Kind.STRANGE, "", partition, offset, ""));
              // Of a topic that was made anew it is told by what the table has of them too.
              List<Revision> ofTopicAlone =
                  subject.isOfSeveralTopics() ? List.of() : rows.shortOfRows();
              for (Revision revision : ofTopicAlone) {
                problems.add(
                    Kind.UNSENT,
                    revision.item(),
                    partition,
                    revision.first(),
                    "%d of %d rows of revision %d"
                        .formatted(
                            revision.manifest().getRowsEmitted() - revision.found(),
                            revision.manifest().getRowsEmitted(),
                            revision.manifest().getRevision()));
              }
            });
  }

  private List<ItemFinding> findings(
      LandingMap landing, ItemStates states, RowsTaken rows, Lacking lacking) {
    return areRowsRevised()
        ? findingsOfAll(landing, states, rows, lacking)
        : findingsByItem(landing, states, rows, lacking);
  }

  private List<ItemFinding> findingsOfAll(
      LandingMap landing, ItemStates states, RowsTaken rows, Lacking lacking) {
    DatasetCheck check = new DatasetCheck();
    for (int bucket = 0; bucket < rows.byItem().count(); bucket++) {
      for (byte[] piece : rows.byItem().read(bucket)) {
        ByteBuffer from = ByteBuffer.wrap(piece).position(Integer.BYTES);
        boolean isDamaged = from.get() == 1;
        byte[] mark = new byte[from.remaining()];
        from.get(mark);
        check.add(RowMark.of(mark), isDamaged);
      }
    }
    boolean isBehind =
        !states.waiting().isEmpty()
            || !states.begunLate().isEmpty()
            || subject.isOfSeveralTopics()
            || landing.partitions().values().stream().anyMatch(in -> in.beginning() > 0);
    return check
        .finding(
            subject.dataset().title(),
            newest.values(),
            isBehind,
            sum(lacking.missingOf()),
            sum(lacking.quarantined()) + sum(states.quarantined()),
            items.values().stream().mapToLong(rows::doubledOf).sum())
        .stream()
        .toList();
  }

  private static long sum(Map<String, Long> byItem) {
    return byItem.values().stream().mapToLong(Long::longValue).sum();
  }

  private List<ItemFinding> findingsByItem(
      LandingMap landing, ItemStates states, RowsTaken rows, Lacking lacking) {
    List<ItemFinding> findings = new ArrayList<>();
    List<List<String>> inBuckets = new ArrayList<>();
    for (int bucket = 0; bucket < rows.byItem().count(); bucket++) {
      inBuckets.add(new ArrayList<>());
    }
    for (String item : states.landed().keySet()) {
      inBuckets.get(number(item) % inBuckets.size()).add(item);
    }
    for (int bucket = 0; bucket < inBuckets.size(); bucket++) {
      Map<String, ItemCheck> checks = new LinkedHashMap<>();
      for (String item : inBuckets.get(bucket)) {
        checks.put(item, new ItemCheck(states.landed().getOrDefault(item, List.of())));
      }
      for (byte[] piece : rows.byItem().read(bucket)) {
        ByteBuffer from = ByteBuffer.wrap(piece);
        Revision revision = landing.revision(from.getInt());
        boolean isDamaged = from.get() == 1;
        ItemCheck check = checks.get(revision.item());
        if (check != null) {
          byte[] mark = new byte[from.remaining()];
          from.get(mark);
          check.add(RowMark.of(mark), revision, isDamaged);
        }
      }
      checks.forEach(
          (item, check) ->
              check
                  .finding(
                      lacking.missingOf().getOrDefault(item, 0L),
                      lacking.quarantined().getOrDefault(item, 0L)
                          + states.quarantined().getOrDefault(item, 0L),
                      rows.doubledOf(number(item)))
                  .ifPresent(findings::add));
    }
    return findings;
  }

  private int number(String item) {
    return items.getOrDefault(item, 0);
  }

  /**
   * Where the rows end that can be read, for a table whose log does not tell where it stands and
   * some of whose files are broken.
   */
  public static Offsets ends(CheckedRows rows, String topicId) throws InterruptedException {
    List<String> columns =
        List.of(
            SystemColumn.TOPIC_ID.column(),
            SystemColumn.PARTITION.column(),
            SystemColumn.OFFSET.column());
    List<TreeMap<Integer, Long>> last = new ArrayList<>();
    var unused =
        rows.read(
            columns,
            new Origins(topicId),
            () -> {
              TreeMap<Integer, Long> ends = new TreeMap<>();
              last.add(ends);
              return origin -> {
                ByteBuffer from = ByteBuffer.wrap(origin);
                ends.merge(from.getInt(), from.getLong() + 1, Math::max);
              };
            });
    return new Offsets(last.get(last.size() - 1));
  }
}
