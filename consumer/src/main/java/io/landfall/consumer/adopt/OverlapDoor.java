package io.landfall.consumer.adopt;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any door, before which records are left out that the table holds from an earlier topic. A batch
 * that begins behind the overlap of the two topics goes straight through.
 */
public final class OverlapDoor implements Door {

  private static final Logger LOG = LoggerFactory.getLogger(OverlapDoor.class);

  private final SparkSession spark;
  private final Dataset dataset;
  private final Door door;
  private Offsets overlap = Offsets.START;

  public OverlapDoor(SparkSession spark, Dataset dataset, Door door) {
    this.spark = spark;
    this.dataset = dataset;
    this.door = door;
  }

  @Override
  public String name() {
    return door.name();
  }

  @Override
  public BronzeTable table() {
    return door.table();
  }

  @Override
  public ReadableTable quarantine() {
    return door.quarantine();
  }

  @Override
  public TableState open(String topicId) {
    TableState state = door.open(topicId);
    overlap = table().describe().overlap();
    return state;
  }

  @Override
  public Outcome append(org.apache.spark.sql.Dataset<Row> records, Batch batch) {
    if (!overlap.isBeyond(batch.from())) {
      return door.append(records, batch);
    }
    try (Overlap found = Overlap.of(spark, dataset, table().location(), records)) {
      found.requireNoConflict();
      Batch left = batch.without(found.known(), found.ends());
      if (found.known() > 0) {
        LOG.atInfo()
            .addKeyValue("records", found.known())
            .addKeyValue("from", batch.from())
            .log("Left out what the table holds from an earlier topic");
      }
      return door.append(found.known() == 0 ? records : found.without(records), left);
    }
  }
}
