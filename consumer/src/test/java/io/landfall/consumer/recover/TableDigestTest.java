package io.landfall.consumer.recover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.Views;
import io.landfall.consumer.columnar.ColumnarFile;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.schemas.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableDigestTest {

  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir private Path temporary;

  @Test
  void orderOfRowsDoesNotMatterAndAnyDifferenceDoes() throws Exception {
    List<GenericRecord> rows = new ArrayList<>();
    for (int hour = 0; hour < 40; hour++) {
      rows.add(reading(hour, 1, "UPSERT"));
    }
    rows.add(reading(7, 2, "UPSERT"));
    BronzeTable table = table("one", rows);
    TableDigest digest = TableDigest.of(SPARK, table);
    assertThat(digest.rows()).isEqualTo(41);
    assertThat(digest.keys()).isEqualTo(40);
    assertThat(digest.hash()).isEqualTo(ContentHash.sum(hashes(rows)));

    List<GenericRecord> reversed = new ArrayList<>(rows);
    java.util.Collections.reverse(reversed);
    BronzeTable same = table("reversed", reversed);
    assertThat(TableDigest.of(SPARK, same)).isEqualTo(digest);

    List<GenericRecord> changed = new ArrayList<>(rows);
    changed.set(3, reading(3, 2, "UPSERT"));
    BronzeTable other = table("changed", changed);
    assertThat(TableDigest.of(SPARK, other).hash()).isNotEqualTo(digest.hash());
    changed.set(3, reading(3, 1, "RETRACT"));
    assertThat(TableDigest.of(SPARK, table("retracted", changed)).hash())
        .isNotEqualTo(digest.hash());

    assertThat(compared(table, same)).contains("The two say the same.");
    assertThat(compared(table, other)).contains("The two differ.");
  }

  @Test
  void rowsInForceAreTheNewestThatWereNotTakenBack() throws Exception {
    BronzeTable table =
        table(
            "inForce",
            List.of(
                reading(1, 1, "UPSERT"),
                reading(2, 1, "UPSERT"),
                reading(3, 1, "UPSERT"),
                reading(2, 2, "UPSERT"),
                reading(3, 2, "RETRACT"),
                reading(4, 1, "UPSERT"),
                reading(4, 2, "RETRACT"),
                reading(4, 3, "UPSERT")));
    Views.create(SPARK, table);

    List<Row> inForce =
        SPARK.sql("SELECT hour, _revision FROM readings_current ORDER BY hour").collectAsList();
    assertThat(inForce).extracting(Row::toString).containsExactly("[1,1]", "[2,2]", "[4,3]");
    assertThat(SPARK.table("readings_current").columns())
        .isEqualTo(SPARK.table("readings").columns());
    assertThat(SPARK.table("readings").count()).isEqualTo(8);
  }

  private static GenericRecord reading(int hour, int revision, String operation) {
    return Readings.reading(Readings.FIRST.schema(), hour, revision, operation);
  }

  private BronzeTable table(String name, List<GenericRecord> rows) throws Exception {
    Path path = temporary.resolve(name);
    BronzeTable table = BronzeTable.open(SPARK, Readings.FIRST, path, Readings.TOPIC_ID);
    try (ColumnarFile file = Readings.file(Readings.FIRST, path)) {
      for (int offset = 0; offset < rows.size(); offset++) {
        Readings.append(file, rows.get(offset), 0, offset);
      }
      table.append(
          Offsets.START,
          new Offsets(Map.of(0, (long) rows.size())),
          Readings.TOPIC_ID,
          List.of(file.finish()));
    }
    return table;
  }

  private static List<String> hashes(List<GenericRecord> rows) throws Exception {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    List<String> hashes = new ArrayList<>();
    for (GenericRecord row : rows) {
      String text =
          "%s|%s|%s|%s|%s"
              .formatted(
                  row.get("station"),
                  row.get("hour"),
                  row.get("_revision"),
                  row.get("_operation"),
                  row.get("_content_hash"));
      hashes.add(HexFormat.of().formatHex(md5.digest(text.getBytes(UTF_8))));
    }
    assertThat(new BigInteger(hashes.get(0), 16)).isPositive();
    return hashes;
  }

  private static String compared(BronzeTable one, BronzeTable other) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Replay.compare(SPARK, one, other, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8);
  }
}
