package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Any door, with figures of what goes through it. */
final class MeasuredDoor implements Door {

  private final Door door;
  private final LandingFigures figures;

  MeasuredDoor(Door door, LandingFigures figures) {
    this.door = door;
    this.figures = figures;
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
    figures.found(state);
    return state;
  }

  @Override
  public Outcome append(Dataset<Row> records, Batch batch) {
    long began = System.nanoTime();
    Outcome outcome = door.append(records, batch);
    if (outcome instanceof Outcome.Committed committed) {
      figures.committed(committed, System.nanoTime() - began);
    }
    return outcome;
  }
}
