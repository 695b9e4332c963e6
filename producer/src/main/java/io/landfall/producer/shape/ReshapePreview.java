package io.landfall.producer.shape;

import io.landfall.cli.Progress;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.RowKey;
import io.landfall.schemas.RowsInForce;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import io.landfall.schemas.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What deriving rows again would change. It only reads: shape's states from their changelog, the
 * answers from the archive, the rows in force from the landing topic, one partition after the
 * other. Of a partition it keeps the encoded states, and the encoded rows that would change.
 */
final class ReshapePreview {

  /** A row that would be emitted, and the one that is in force, as encoded. */
  private static final class Replacement {
    private final byte[] now;
    private byte @Nullable [] before;

    private Replacement(byte[] now) {
      this.now = now;
    }
  }

  private final Topics topics;
  private final String archive;
  private final Dataset dataset;
  private final Shaper shaper;
  private final Selection selection;
  private final CommittedRecords records;
  private final States states;
  private final ItemRows itemRows;
  private final RowKey rowKey;
  private final SingleObjectFormat<ItemAnswers> answersFormat =
      SingleObjectFormat.of(ItemAnswers.class);
  private final RowFormat rowFormat;
  private final LandedRows landed;
  private final Set<String> notFound;
  private final Map<String, Long> columns = new TreeMap<>();
  private long items;
  private long itemsChanged;
  private long unusable;
  private long changed;
  private long added;
  private long retracted;

  /**
   * @param archive the id of the topic of answers
   */
  ReshapePreview(
      Topics topics, String archive, Shaper shaper, Selection selection, CommittedRecords records) {
    this.topics = topics;
    this.archive = archive;
    this.dataset = topics.dataset();
    this.shaper = shaper;
    this.selection = selection;
    this.records = records;
    this.states = new States(topics, records);
    this.itemRows = new ItemRows(dataset, shaper.version());
    this.rowKey = new RowKey(dataset);
    this.rowFormat = new RowFormat(dataset);
    this.landed = new LandedRows(dataset);
    this.notFound = new HashSet<>(selection.items());
  }

  /** Reads and compares all partitions. */
  ReshapeChanges of(Progress.Work work) {
    for (int partition = 0; partition < topics.answers().partitions(); partition++) {
      Map<String, byte[]> encoded = states.of(partition);
      notFound.removeAll(encoded.keySet());
      Map<String, Replacement> replacements = new HashMap<>();
      records.read(
          new TopicPartition(topics.answers().name(), partition),
          message -> {
            derive(message, encoded, replacements);
            work.done(1);
          });
      compare(partition, replacements);
    }
    if (!notFound.isEmpty()) {
      throw Rewind.unknown(notFound);
    }
    return new ReshapeChanges(
        items, itemsChanged, unusable, changed, added, retracted, Map.copyOf(columns));
  }

  private void derive(
      ConsumerRecord<String, byte[]> message,
      Map<String, byte[]> encoded,
      Map<String, Replacement> replacements) {
    String item = message.key();
    byte[] state = encoded.get(item);
    if (state == null) {
      return;
    }
    RowsInForce before = States.decode(item, state);
    OptionalLong place = States.place(before, archive);
    if (place.isPresent() && place.getAsLong() != message.offset()) {
      return;
    }
    try {
      ItemAnswers answers = answersFormat.decode(message.value());
      if (!selection.includes(answers.getItem())
          || !answers.getFetchedAt().equals(before.getFetchedAt())) {
        return;
      }
      items++;
      derive(answers, before, message.offset(), replacements);
    } catch (Undecodable e) {
      // Its offset is noted only where it was decoded once.
      throw new IllegalStateException(
          "The answers of %s at %s@%d cannot be read any more: %s"
              .formatted(item, message.topic(), message.offset(), e.getMessage()),
          e);
    }
  }

  private void derive(
      ItemAnswers answers, RowsInForce before, long offset, Map<String, Replacement> replacements) {
    try {
      shaper
          .shape(answers)
          .match(
              rows -> note(answers, rows, before, offset, replacements),
              waiting -> {},
              broken -> unusable++);
    } catch (RuntimeException | StackOverflowError e) {
      // As in shape, where it would be a dead letter and the next item's turn.
      unusable++;
    }
  }

  private void note(
      ItemAnswers answers,
      Shaped.Rows rows,
      RowsInForce before,
      long offset,
      Map<String, Replacement> replacements) {
    itemRows
        .change(answers, rows, before, new ItemRows.Place(archive, offset))
        .ifPresent(
            change -> {
              itemsChanged++;
              retracted += change.retracted();
              List<GenericRecord> emitted = change.emitted();
              emitted
                  .subList(0, emitted.size() - change.retracted())
                  .forEach(
                      row ->
                          replacements.put(rowKey.of(row), new Replacement(rowFormat.encode(row))));
            });
  }

  /** The row in force is the last of its key, unless that is a retraction. */
  private void compare(int partition, Map<String, Replacement> replacements) {
    if (replacements.isEmpty()) {
      return;
    }
    records.read(
        new TopicPartition(topics.landing().name(), partition),
        message -> {
          Replacement replacement = replacements.get(message.key());
          if (replacement != null) {
            replacement.before = message.value();
          }
        });
    replacements.forEach(
        (key, replacement) -> {
          GenericRecord before =
              replacement.before == null ? null : decode(key, replacement.before);
          if (before == null || RowValues.isRetraction(before)) {
            added++;
          } else {
            changed++;
            count(before, decode(key, replacement.now));
          }
        });
  }

  private void count(GenericRecord before, GenericRecord now) {
    for (Schema.Field field : dataset.schema().getFields()) {
      if (RowValues.isContent(field.name())
          && !Objects.equals(
              RowValues.plain(before.get(field.pos())), RowValues.plain(now.get(field.pos())))) {
        columns.merge(field.name(), 1L, Long::sum);
      }
    }
  }

  private GenericRecord decode(String key, byte[] row) {
    return landed.decode("The row %s of the landing topic".formatted(key), row);
  }
}
