package io.landfall.consumer.door.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.bronze.Commit;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TablePosition;
import io.landfall.consumer.testing.BronzeTables;
import io.landfall.consumer.testing.OffsetRange;
import io.landfall.consumer.testing.SharedSpark;
import io.landfall.consumer.watch.Alarm.Kind;
import io.landfall.consumer.watch.Alarms;
import io.landfall.consumer.watch.CommitFiles;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.Assertions;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the log itself may not be read, honest commits are judged as by its files. */
class SparkHistoryTest {

  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir private Path folder;

  @Test
  void honestCommitsAreJudgedAlike() {
    Path path = folder.resolve("readings");
    BronzeTables.fill(path, new OffsetRange(0, 0, 5), new OffsetRange(0, 5, 10));
    for (String statement :
        List.of(
            "OPTIMIZE %1$s",
            "ALTER TABLE %1$s ADD COLUMNS (theirs INT)",
            "MERGE INTO %1$s t USING (SELECT * FROM %1$s) s ON t._offset = s._offset WHEN NOT MATCHED THEN INSERT *",
            "INSERT INTO %1$s SELECT * FROM %1$s WHERE _offset = 3",
            "RESTORE TABLE %1$s TO VERSION AS OF 1",
            "ALTER TABLE %1$s SET TBLPROPERTIES ('delta.appendOnly' = 'false')",
            "DELETE FROM %1$s WHERE _offset = 3")) {
      SPARK.sql(statement.formatted("delta.`%s`".formatted(path))).collectAsList();
    }
    SparkTable table = new SparkTable(SPARK, Folder.of(path));
    TableDescription described = table.describe();
    DeltaTable delta = DeltaTable.forPath(SPARK, path.toString());

    List<Tuple> told = judged(path, described, new SparkHistory(delta, described, table.version()));

    assertThat(told)
        .isEqualTo(
            judged(
                path,
                described,
                new CommitFiles(
                    new org.apache.hadoop.fs.Path(path.toUri()),
                    new Configuration(),
                    table.version(),
                    version -> Set.of())))
        .extracting(each -> each.toList().get(1))
        .containsExactly(Kind.FOREIGN_ROWS, Kind.RESTORED, Kind.PROPERTY, Kind.ROWS_REMOVED);
  }

  private static List<Tuple> judged(
      Path path, TableDescription described, Iterator<Commit> history) {
    long version = 9;
    return Alarms.in(
            Folder.of(path), described, version, TablePosition.unseen(described, version, history))
        .list()
        .stream()
        .map(alarm -> Assertions.tuple(alarm.version(), alarm.kind()))
        .toList();
  }
}
