package io.landfall.consumer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.consumer.bronze.CheckedRows;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.landing.CommittedRecords;
import io.landfall.consumer.verify.Problem.Kind;
import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says of rows that are not what their records are, in which columns. */
final class Differences {

  /** Of so many rows the columns are told. */
  private static final int NAMED = 20;

  private final Verify.Subject subject;
  private final List<String> columns;
  private final CommittedRecords records;
  private final Problems problems;
  private final LandingMap landing;

  private record Place(int partition, long offset)
      implements Comparable<Place>, java.io.Serializable {
    @Override
    public int compareTo(Place other) {
      return partition == other.partition
          ? Long.compare(offset, other.offset)
          : Integer.compare(partition, other.partition);
    }
  }

  Differences(
      Verify.Subject subject,
      List<String> columns,
      CommittedRecords records,
      Problems problems,
      LandingMap landing) {
    this.subject = subject;
    this.columns = columns;
    this.records = records;
    this.problems = problems;
    this.landing = landing;
  }

  void find(DigestsByOffset digests) throws InterruptedException {
    List<Place> found = new ArrayList<>();
    digests.compare((partition, offset) -> found.add(new Place(partition, offset)));
    List<Place> named = found.subList(0, Math.min(NAMED, found.size()));
    Map<Place, List<String>> details = named.isEmpty() ? Map.of() : details(named);
    for (Place place : found) {
      problems.add(
          Kind.DIFFERS,
          landing.itemAt(place.partition(), place.offset()),
          place.partition(),
          place.offset(),
          String.join(", ", details.getOrDefault(place, List.of())));
    }
  }

  private Map<Place, List<String>> details(List<Place> places) throws InterruptedException {
    Map<Place, @Nullable Object[]> sent = new TreeMap<>();
    RecordColumns asColumns = new RecordColumns(subject.dataset(), columns, subject.topicId());
    for (Place place : places) {
      records.read(
          place.partition(),
          place.offset(),
          place.offset() + 1,
          record -> {
            try {
              sent.put(place, asColumns.of(record));
            } catch (Undecodable e) {
              // Then it had no hash to differ by.
            }
          });
    }
    Map<Place, List<String>> details = new TreeMap<>();
    var unused =
        subject
            .rows()
            .read(
                columns,
                new Texts(columns, List.copyOf(places)),
                () -> {
                  details.clear();
                  return piece -> tell(piece, sent, details);
                });
    return details;
  }

  private void tell(
      byte[] piece, Map<Place, @Nullable Object[]> sent, Map<Place, List<String>> details) {
    String[] texts = new String(piece, UTF_8).split("\u0000", -1);
    Place place = new Place(Integer.parseInt(texts[0]), Long.parseLong(texts[1]));
    @Nullable Object[] record = sent.get(place);
    if (record == null) {
      return;
    }
    List<String> differing = details.computeIfAbsent(place, any -> new ArrayList<>());
    for (int i = 0; i < columns.size(); i++) {
      String was = text(record[i]);
      if (!MarkRows.isUnknownToRecords(columns.get(i)) && !was.equals(texts[2 + i])) {
        differing.add("%s is %s, not %s".formatted(columns.get(i), texts[2 + i], was));
      }
    }
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    return (value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString())
        .replace('\u0000', ' ');
  }

  /** The rows in some places, as texts. */
  private record Texts(List<String> columns, List<Place> places) implements CheckedRows.Extract {
    @Override
    public CheckedRows.Task begin() {
      int partition = columns.indexOf(SystemColumn.PARTITION.column());
      int offset = columns.indexOf(SystemColumn.OFFSET.column());
      return row -> {
        if (!(row[partition] instanceof Integer in)
            || !(row[offset] instanceof Long at)
            || !places.contains(new Place(in, at))) {
          return null;
        }
        StringBuilder line = new StringBuilder().append(in).append('\u0000').append(at);
        for (Object value : row) {
          line.append('\u0000').append(text(value));
        }
        return line.toString().getBytes(UTF_8);
      };
    }
  }
}
