package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A door at which something happens before each batch. */
final class HookedDoor implements Door {

  /** What happens. */
  interface Hook {
    void before(int batch) throws Exception;
  }

  private final Door door;
  private final Hook hook;
  private int batches;

  HookedDoor(Door door, Hook hook) {
    this.door = door;
    this.hook = hook;
  }

  int batches() {
    return batches;
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
  public TableState open(String topicId) {
    return door.open(topicId);
  }

  @Override
  public Outcome append(Dataset<Row> records, Batch batch) {
    batches++;
    try {
      hook.before(batches);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return door.append(records, batch);
  }

  @Override
  public OptionalLong putBack(Dataset<Row> records, Batch batch, long version) {
    return door.putBack(records, batch, version);
  }
}
