package io.landfall.producer.shape;

import io.landfall.schemas.Dataset;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * All that was ever landed of one item, revision by revision. A row does not say which item it is
 * of, but shape writes rows and manifest of a revision together, and everything of a partition one
 * after the other: a partition's manifests, in their order, count its rows off.
 *
 * @param manifests of its revisions, oldest first
 * @param emitted the rows of each revision by key, retractions among them
 * @param other the key of another item in the same partition
 */
public record ItemHistory(
    String item,
    List<Manifest> manifests,
    List<Map<String, GenericRecord>> emitted,
    Optional<String> other) {

  /** Which rows of the landing topic's partition a revision emitted. */
  private record Range(long first, long end, int revision) {}

  /**
   * Reads it from the item's partition of manifests and landing topic.
   *
   * @param connection Kafka client settings
   */
  public static ItemHistory read(Map<String, Object> connection, Topics topics, String item) {
    try (CommittedRecords records = new CommittedRecords(connection)) {
      return new Reading(topics, item, records).history();
    }
  }

  /** The rows in force as of one revision, by key. */
  public Map<String, GenericRecord> inForce(int revision) {
    Map<String, GenericRecord> rows = new LinkedHashMap<>();
    for (int each = 0; each < manifests.size(); each++) {
      if (manifests.get(each).getRevision() <= revision) {
        emitted
            .get(each)
            .forEach(
                (key, row) -> {
                  if (RowValues.isRetraction(row)) {
                    rows.remove(key);
                  } else {
                    rows.put(key, row);
                  }
                });
      }
    }
    return rows;
  }

  private static final class Reading {
    private final Topics topics;
    private final Dataset dataset;
    private final String item;
    private final CommittedRecords records;
    private final SingleObjectFormat<Manifest> manifestFormat =
        SingleObjectFormat.of(Manifest.class);
    private final LandedRows landed;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Range> ranges = new ArrayList<>();
    private final List<Map<String, GenericRecord>> emitted = new ArrayList<>();
    private Optional<String> other = Optional.empty();
    private long counted;
    private long row;
    private int range;

    Reading(Topics topics, String item, CommittedRecords records) {
      this.topics = topics;
      this.dataset = topics.dataset();
      this.item = item;
      this.records = records;
      this.landed = new LandedRows(dataset);
    }

    ItemHistory history() {
      int manifestPartition = OutputKey.partition(item, topics.manifests().partitions());
      records.read(
          new TopicPartition(topics.manifests().name(), manifestPartition), this::manifest);
      if (!ranges.isEmpty()) {
        int partition = OutputKey.partition(item, topics.landing().partitions());
        records.read(new TopicPartition(topics.landing().name(), partition), this::row);
      }
      return new ItemHistory(item, manifests, emitted, other);
    }

    private void manifest(ConsumerRecord<String, byte[]> message) {
      Manifest manifest = decode(message);
      if (!manifest.getResource().equals(dataset.resource())
          || manifest.getCause() == RevisionCause.DEAD_LETTER) {
        return;
      }
      long first = counted;
      counted += manifest.getRowsEmitted();
      if (manifest.getItem().equals(item)) {
        manifests.add(manifest);
        emitted.add(new LinkedHashMap<>());
        ranges.add(new Range(first, counted, manifest.getRevision()));
      } else {
        other = Optional.of(manifest.getItem());
      }
    }

    private void row(ConsumerRecord<String, byte[]> message) {
      while (range < ranges.size() && row >= ranges.get(range).end()) {
        range++;
      }
      if (range < ranges.size() && row >= ranges.get(range).first()) {
        GenericRecord found = landed.decode("Record " + name(message), message.value());
        int revision = ranges.get(range).revision();
        if (!Integer.valueOf(revision).equals(found.get("_revision"))) {
          throw new IllegalStateException(
              "By its manifest, record %s is of revision %d of item %s, and it says %s"
                  .formatted(name(message), revision, item, found.get("_revision")));
        }
        emitted.get(range).put(message.key(), found);
      }
      row++;
    }

    private Manifest decode(ConsumerRecord<String, byte[]> message) {
      try {
        return manifestFormat.decode(message.value());
      } catch (Undecodable e) {
        throw new IllegalStateException(
            "Record %s cannot be read: %s".formatted(name(message), e.getMessage()), e);
      }
    }

    private static String name(ConsumerRecord<String, byte[]> message) {
      return "%s-%d@%d".formatted(message.topic(), message.partition(), message.offset());
    }
  }
}
