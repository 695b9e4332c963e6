package io.landfall.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.consumer.landing.TopicRecord;
import io.landfall.consumer.testing.Readings;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Which record of the topic belongs to which revision of which item. */
class TopicPartitionRowsTest {

  private final List<Revision> revisions =
      List.of(revision("A", 1, 3), revision("B", 1, 2), revision("A", 2, 1), revision("C", 1, 2));

  private static Revision revision(String item, int revision, int rows) {
    return new Revision(
        new Manifest(
            "readings",
            item,
            revision,
            rows,
            0,
            rows,
            "",
            "all",
            "1",
            fetched(item, revision),
            RevisionCause.FETCHED,
            0),
        0);
  }

  private static Instant fetched(String item, int revision) {
    return Instant.ofEpochMilli(item.charAt(0) * 100L + revision);
  }

  private static TopicRecord record(long offset, String item, int revision) {
    GenericRecord row = Readings.reading(Readings.FIRST.schema(), 1, revision, "UPSERT");
    row.put("_fetched_at", fetched(item, revision).toEpochMilli());
    return new TopicRecord(0, offset, 0, null, Readings.encode(row));
  }

  private TopicPartitionRows rows(long beginning, TopicRecord... records) {
    TopicPartitionRows rows =
        new TopicPartitionRows(Readings.FIRST, beginning, revisions, java.util.Optional.empty());
    for (TopicRecord each : records) {
      rows.add(each);
    }
    return rows;
  }

  private List<String> ranges() {
    List<String> ranges = new ArrayList<>();
    for (Revision each : revisions) {
      if (each.found() > 0) {
        ranges.add(
            "%s%d %d-%d"
                .formatted(each.item(), each.manifest().getRevision(), each.first(), each.last()));
      }
    }
    return ranges;
  }

  @Test
  void recordsAreDealtOutInTurn() {
    TopicPartitionRows rows =
        rows(
            0,
            record(0, "A", 1),
            record(1, "A", 1),
            record(2, "A", 1),
            record(4, "B", 1),
            record(5, "B", 1),
            record(7, "A", 2),
            record(9, "C", 1));

    assertThat(ranges()).containsExactly("A1 0-2", "B1 4-5", "A2 7-7", "C1 9-9");
    assertThat(rows.strangers()).isEmpty();
    assertThat(rows.shortOfRows()).isEmpty();
    assertThat(revisions.get(3).isFull()).isFalse();
  }

  @Test
  void strangersShiftNothing() {
    TopicPartitionRows rows =
        rows(
            0,
            record(0, "X", 9),
            record(1, "A", 1),
            record(2, "X", 9),
            record(3, "A", 1),
            record(4, "A", 1),
            record(5, "X", 9),
            record(6, "B", 1),
            record(7, "B", 1));

    assertThat(ranges()).containsExactly("A1 1-4", "B1 6-7");
    assertThat(rows.strangers()).containsExactly(0L, 2L, 5L);
  }

  @Test
  void revisionThatLostRowsIsToldAndShiftsNothing() {
    TopicPartitionRows rows =
        rows(0, record(0, "A", 1), record(1, "B", 1), record(2, "B", 1), record(3, "A", 2));

    assertThat(ranges()).containsExactly("A1 0-0", "B1 1-2", "A2 3-3");
    assertThat(rows.shortOfRows()).containsExactly(revisions.get(0));
  }

  @Test
  void undecodableRecordIsOneOfItsRevision() {
    TopicPartitionRows rows =
        rows(
            0,
            record(0, "A", 1),
            new TopicRecord(0, 1, 0, null, new byte[] {1, 2}),
            record(2, "A", 1),
            record(3, "B", 1));

    assertThat(ranges()).containsExactly("A1 0-2", "B1 3-3");
    assertThat(rows.strangers()).isEmpty();
  }

  @Test
  void beginningThatIsGoneTakesItsRevisionsWithIt() {
    TopicPartitionRows rows =
        rows(4, record(4, "B", 1), record(5, "A", 2), record(6, "C", 1), record(7, "C", 1));

    assertThat(ranges()).containsExactly("B1 4-4", "A2 5-5", "C1 6-7");
    assertThat(rows.shortOfRows()).isEmpty();
    assertThat(revisions.stream().filter(rows::isExpired).map(Revision::item))
        .containsExactly("A", "B");
  }
}
