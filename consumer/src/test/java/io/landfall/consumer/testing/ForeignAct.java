package io.landfall.consumer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.TableLocation.Folder;
import io.landfall.consumer.door.Decision;
import io.landfall.consumer.kernel.KernelTable;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** What somebody else does to a table, whom nothing stops. */
public final class ForeignAct {

  private ForeignAct() {}

  /**
   * A statement on a table that is not protected meanwhile; then somebody has looked at it, and
   * goes on with what it left; what is gone from the end is landed again.
   *
   * @param ends of the topic, as the program knows them then
   * @param statement with %s for the table
   */
  public static void accepted(
      SparkSession spark, Path table, Dataset dataset, Offsets ends, String statement) {
    String sql = "delta.`%s`".formatted(table);
    spark.sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'false')".formatted(sql));
    spark.sql(statement.formatted(sql));
    spark.sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'true')".formatted(sql));
    KernelTable read = KernelTable.in(Folder.of(table), new Configuration());
    OptionalLong through =
        new Decision(spark, read, dataset).make(true, OptionalLong.of(read.version()), ends);
    assertThat(through).isPresent();
  }
}
