package io.landfall.consumer.verify;

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
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Manifests and landing topic against the rows of the table. For one thread, and once. */
public final class Verify {

  private static final SingleObjectFormat<Manifest> MANIFESTS =
      SingleObjectFormat.of(Manifest.class);

  /**
   * What is verified.
   *
   * @param beginnings of the landing topic
   * @param position where the table stands at the version that is read
   * @param landed up to where rows were ever landed; no less than the position
   * @param quarantined records that are in the quarantine table instead
   * @param scratch a folder for temporary files
   * @param isDeep whether each row is compared with its record, column by column
   */
  public record Subject(
      Dataset dataset,
      String topicId,
      Offsets beginnings,
      Offsets position,
      Offsets landed,
      CheckedRows rows,
      OffsetSet quarantined,
      Path scratch,
      boolean isDeep) {}

  private final Subject subject;
  private final KafkaSettings kafka;
  private final Progress progress;
  private final List<String> columns;
  private final Map<String, Integer> items = new LinkedHashMap<>();
  private @Nullable RowsTaken taken;

  public Verify(Subject subject, KafkaSettings kafka, Progress progress) {
    this.subject = subject;
    this.kafka = kafka;
    this.progress = progress;
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
    Map<Integer, List<Revision>> manifests = manifests();
    Optional<Digester> digester =
        digests.map(all -> new Digester(all, subject.dataset(), columns, subject.topicId()));
    try (Progress.Work work =
        progress.of("offsets of the topic", subject.landed().since(subject.beginnings()))) {
      for (int partition : subject.landed().partitionsWith(subject.beginnings())) {
        long beginning = subject.beginnings().in(partition);
        TopicPartitionRows rows =
            new TopicPartitionRows(
                subject.dataset().schema(),
                beginning,
                manifests.getOrDefault(partition, List.of()));
        long[] last = {beginning};
        records.read(
            partition,
            beginning,
            subject.landed().in(partition),
            record -> {
              rows.add(record);
              digester.ifPresent(each -> each.add(record));
              work.done(record.offset() - last[0]);
              last[0] = record.offset();
            });
        partitions.put(partition, rows);
      }
    }
    return new LandingMap(partitions);
  }

  private Map<Integer, List<Revision>> manifests() throws InterruptedException {
    Map<Integer, List<Revision>> manifests = new HashMap<>();
    try (CommittedRecords records =
        new CommittedRecords(kafka, subject.dataset().topics().manifests().name())) {
      for (int partition = 0; partition < records.partitions(); partition++) {
        List<Revision> revisions = new ArrayList<>();
        records.readAll(
            partition,
            record ->
                manifest(record)
                    .filter(
                        found ->
                            found.getResource().equals(subject.dataset().resource())
                                && found.getRowsEmitted() > 0)
                    .ifPresent(
                        found -> {
                          items.putIfAbsent(found.getItem(), items.size());
                          revisions.add(new Revision(found, record.partition()));
                        }));
        manifests.put(partition, revisions);
      }
    }
    return manifests;
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
      this.records = new RecordColumns(dataset.schema(), columns, topicId);
      this.marker = MarkRows.of(dataset, columns, true).begin();
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
      return subject
          .rows()
          .read(
              columns,
              MarkRows.of(subject.dataset(), columns, subject.isDeep()),
              () -> anew(landing, digests, work));
    }
  }

  private RowsTaken anew(
      LandingMap landing, Optional<DigestsByOffset> digests, Progress.Work work) {
    if (taken != null) {
      taken.close();
    }
    digests.ifPresent(DigestsByOffset::forgetTable);
    taken =
        new RowsTaken(
            landing, items, subject.landed(), subject.topicId(), subject.scratch(), digests, work);
    return taken;
  }

  private VerifyReport report(
      LandingMap landing,
      CommittedRecords records,
      List<Unreadable> unreadable,
      Optional<DigestsByOffset> digests)
      throws InterruptedException {
    RowsTaken rows = Optional.ofNullable(taken).orElseThrow();
    rows.findTwice();
    Holes holes = holes(landing, rows, records);
    findStrange(landing, rows.problems());
    if (digests.isPresent()) {
      new Differences(subject, columns, records, rows.problems(), landing).find(digests.get());
    }
    Map<String, List<Revision>> landed = new LinkedHashMap<>();
    Set<String> waiting = new HashSet<>();
    Set<String> begunLate = new HashSet<>();
    for (TopicPartitionRows partition : landing.partitions().values()) {
      for (Revision revision : partition.revisions()) {
        if (partition.isExpired(revision)) {
          begunLate.add(revision.item());
        } else if (revision.isFull()) {
          landed.computeIfAbsent(revision.item(), any -> new ArrayList<>()).add(revision);
        } else {
          waiting.add(revision.item());
        }
      }
    }
    for (Map.Entry<String, List<Revision>> item : landed.entrySet()) {
      if (item.getValue().get(0).manifest().getRevision() != 1) {
        begunLate.add(item.getKey());
      }
    }
    landed.keySet().removeAll(begunLate);
    return new VerifyReport(
        subject.rows().version(),
        subject.position(),
        landed.size(),
        waiting.size(),
        begunLate.size(),
        landing.records(),
        rows.rows(),
        holes.quarantined().values().stream().mapToLong(Long::longValue).sum(),
        rows.expired(),
        rows.ofOtherTopics(),
        subject.isDeep(),
        unreadable,
        findings(landing, landed, rows, holes),
        rows.problems().counts(),
        rows.problems().named(),
        holes.missing());
  }

  /**
   * Records that are no rows of the table.
   *
   * @param missingOf by the item
   * @param quarantined by the item
   */
  private record Holes(
      OffsetSet missing, Map<String, Long> missingOf, Map<String, Long> quarantined) {}

  private Holes holes(LandingMap landing, RowsTaken rows, CommittedRecords records)
      throws InterruptedException {
    OffsetSet missing = OffsetSet.from(subject.beginnings().byPartition());
    Map<String, Long> missingOf = new HashMap<>();
    Map<String, Long> quarantined = new HashMap<>();
    for (Map.Entry<Integer, TopicPartitionRows> each : landing.partitions().entrySet()) {
      int partition = each.getKey();
      long beginning = each.getValue().beginning();
      BitSet holes = (BitSet) each.getValue().records().clone();
      rows.seen().in(partition).forEach(offset -> holes.clear((int) (offset - beginning)));
      for (int at = holes.nextSetBit(0); at >= 0; at = holes.nextSetBit(at + 1)) {
        long offset = beginning + at;
        String item = landing.itemAt(partition, offset);
        if (subject.quarantined().contains(partition, offset)) {
          quarantined.merge(item, 1L, Long::sum);
        } else {
          missingOf.merge(item, 1L, Long::sum);
          Kind kind = offset < subject.position().in(partition) ? Kind.MISSING : Kind.TAKEN;
          if (kind == Kind.MISSING) {
            missing.add(partition, offset);
          }
          String key = rows.problems().isNaming(kind) ? key(records, partition, offset) : "";
          rows.problems().add(kind, item, partition, offset, key);
        }
      }
    }
    return new Holes(missing, missingOf, quarantined);
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

  private static void findStrange(LandingMap landing, Problems problems) {
    landing
        .partitions()
        .forEach(
            (partition, rows) -> {
              rows.strangers()
                  .forEach(offset -> problems.add(Kind.STRANGE, "", partition, offset, ""));
              for (Revision revision : rows.shortOfRows()) {
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
      LandingMap landing, Map<String, List<Revision>> landed, RowsTaken rows, Holes holes) {
    List<ItemFinding> findings = new ArrayList<>();
    List<List<String>> inBuckets = new ArrayList<>();
    for (int bucket = 0; bucket < rows.byItem().count(); bucket++) {
      inBuckets.add(new ArrayList<>());
    }
    for (String item : landed.keySet()) {
      inBuckets.get(number(item) % inBuckets.size()).add(item);
    }
    for (int bucket = 0; bucket < inBuckets.size(); bucket++) {
      Map<String, ItemCheck> checks = new LinkedHashMap<>();
      for (String item : inBuckets.get(bucket)) {
        checks.put(item, new ItemCheck(landed.getOrDefault(item, List.of())));
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
                      holes.missingOf().getOrDefault(item, 0L),
                      holes.quarantined().getOrDefault(item, 0L),
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
