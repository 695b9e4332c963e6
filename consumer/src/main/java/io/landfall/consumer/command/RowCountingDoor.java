package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Any door, which counts the rows that got through it, and the records of them. */
final class RowCountingDoor implements Door {

  private final Door door;
  private final AtomicLong records;
  private final AtomicLong rows;

  RowCountingDoor(Door door, AtomicLong records, AtomicLong rows) {
    this.door = door;
    this.records = records;
    this.rows = rows;
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
    return door.open(topicId);
  }

  @Override
  public Outcome append(Dataset<Row> batch, Batch from) {
    Outcome outcome = door.append(batch, from);
    if (outcome instanceof Outcome.Committed committed) {
      rows.addAndGet(committed.rows());
      records.addAndGet(committed.rows() + committed.setAside().records());
    }
    return outcome;
  }
}
