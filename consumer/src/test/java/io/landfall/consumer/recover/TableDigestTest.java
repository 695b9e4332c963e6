package io.landfall.consumer.recover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.Views;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.DoorKind;
import io.landfall.consumer.testing.Readings;
import io.landfall.consumer.testing.Records;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.schemas.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
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
    Folder table = table("one", rows);
    TableDigest digest = TableDigest.of(SPARK, Readings.FIRST, table);
    assertThat(digest.rows()).isEqualTo(41);
    assertThat(digest.keys()).isEqualTo(40);
    assertThat(digest.hash()).isEqualTo(ContentHash.sum(hashes(rows)));

    List<GenericRecord> reversed = new ArrayList<>(rows);
    java.util.Collections.reverse(reversed);
    Folder same = table("reversed", reversed);
    assertThat(TableDigest.of(SPARK, Readings.FIRST, same)).isEqualTo(digest);

    List<GenericRecord> changed = new ArrayList<>(rows);
    changed.set(3, reading(3, 2, "UPSERT"));
    Folder other = table("changed", changed);
    assertThat(TableDigest.of(SPARK, Readings.FIRST, other).hash()).isNotEqualTo(digest.hash());
    changed.set(3, reading(3, 1, "RETRACT"));
    assertThat(TableDigest.of(SPARK, Readings.FIRST, table("retracted", changed)).hash())
        .isNotEqualTo(digest.hash());

    assertThat(compared(table, same)).contains("The two say the same.");
    assertThat(compared(table, other)).contains("The two differ.");
  }

  @Test
  void rowsInForceAreTheNewestThatWereNotTakenBack() throws Exception {
    Folder table =
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
    Views.create(SPARK, Readings.FIRST, table);

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

  private Folder table(String name, List<GenericRecord> rows) {
    Path path = temporary.resolve(name);
    Records records = new Records();
    for (int offset = 0; offset < rows.size(); offset++) {
      records.add(0, offset, rows.get(offset));
    }
    Door door = DoorKind.FAST.to(SPARK, Readings.FIRST, path);
    door.open(Readings.TOPIC_ID);
    door.append(
        records.in(SPARK),
        new Batch(Readings.TOPIC_ID, Offsets.START, Offsets.START, Instant.EPOCH));
    return Folder.of(path);
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

  private static String compared(Folder one, Folder other) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Replay.compare(
        SPARK,
        Readings.FIRST,
        KernelTable.in(one, new Configuration()),
        KernelTable.in(other, new Configuration()),
        new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8);
  }
}
