package io.landfall.consumer.recover;

import static org.apache.spark.sql.functions.broadcast;

import io.landfall.cli.Count;
import io.landfall.cli.LandfallException;
import io.landfall.cli.TableLocation;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Supplying;
import io.landfall.consumer.door.Supplying.Supplied;
import io.landfall.consumer.landing.LandingStream;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.verify.OffsetSet;
import io.landfall.consumer.verify.VerifyReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Puts back what the topic has and the table has not, and nothing else: the records that
 * verification found without a row are read again and appended, in one commit that does not move
 * the table's position.
 *
 * <p>Where the log still names a file that cannot be read, nothing is appended: its rows are not
 * gone from the table, they are unreadable. They would be there twice as soon as the file came back
 * from a copy, and readers would fail before and after. To take such a file out of the log would be
 * to delete rows, which no command does.
 */
public final class Repair {

  private static final StructType PLACES =
      new StructType().add("partition", DataTypes.IntegerType).add("offset", DataTypes.LongType);

  private Repair() {}

  /**
   * Refuses what appending does not mend.
   *
   * @throws LandfallException with the ways that do
   */
  public static void requireReadable(VerifyReport found, TableLocation table) {
    if (!found.unreadable().isEmpty()) {
      throw LandfallException.refused(
          "%s of the table at %s cannot be read (%s), and its log still names %s: the rows are in the table for whoever brings the files back, and would be there twice if they were appended now. Nothing was written. Bring the files back from a copy (landfall consumer backup restore), or rebuild the table from the topic, which holds every row: landfall consumer replay --table %s --into NEW"
              .formatted(
                  Count.of(found.unreadable().size(), "file"),
                  table,
                  found.unreadable().get(0).file(),
                  found.unreadable().size() == 1 ? "it" : "them",
                  table));
    }
  }

  /**
   * Appends the missing rows.
   *
   * @return how many
   * @throws LandfallException if others changed the table since they were found missing
   */
  public static <D extends Door & Supplying> long append(
      SparkSession spark,
      LandingStream topic,
      String topicId,
      D door,
      VerifyReport found,
      Instant now) {
    TableState at = new TableState(found.version(), found.position(), OptionalLong.empty(), "");
    Supplied supplied =
        door.supply(records(spark, topic, found.missing()), at, topicId, now, false);
    if (supplied instanceof Supplied.Rows rows) {
      return rows.rows();
    }
    throw LandfallException.unavailable(
        "The table at %s was changed by others after version %d, at which rows were found missing. Nothing was written; the same command looks again."
            .formatted(door.table().location(), found.version()));
  }

  private static Dataset<Row> records(SparkSession spark, LandingStream topic, OffsetSet missing) {
    List<Row> places = new ArrayList<>();
    TreeMap<Integer, Long> from = new TreeMap<>();
    TreeMap<Integer, Long> to = new TreeMap<>();
    for (int partition : missing.bits().keySet()) {
      missing
          .in(partition)
          .forEach(
              offset -> {
                places.add(RowFactory.create(partition, offset));
                from.putIfAbsent(partition, offset);
                to.put(partition, offset + 1);
              });
    }
    return LandingStream.inOrder(
        topic
            .between(new Offsets(from), new Offsets(to))
            .join(
                broadcast(spark.createDataFrame(places, PLACES)),
                new String[] {"partition", "offset"},
                "left_semi"));
  }
}
