package io.landfall.consumer.command;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.landing.Offsets;
import java.util.function.LongConsumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Any door, which tells how far it has come. */
final class CountedDoor implements Door {

  private final Door door;
  private final LongConsumer more;
  private Offsets at;

  /**
   * @param more gets the offsets of each commit
   */
  CountedDoor(Door door, Offsets from, LongConsumer more) {
    this.door = door;
    this.at = from;
    this.more = more;
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
  public Outcome append(Dataset<Row> records, Batch batch) {
    Outcome outcome = door.append(records, batch);
    if (outcome instanceof Outcome.Committed committed) {
      more.accept(committed.state().position().since(at));
      at = committed.state().position();
    }
    return outcome;
  }
}
