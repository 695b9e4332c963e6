package io.landfall.consumer.door;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.TableState;
import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Any door, and somebody who is told of what goes through it. */
public final class ObservedDoor implements Door {

  /** Who is told. */
  @FunctionalInterface
  public interface Observer {

    /** Where the table was found to stand. */
    default void opened(TableState state) {}

    /**
     * Records have become rows of the table.
     *
     * @param took how long that was
     */
    void committed(Outcome.Committed commit, Duration took);
  }

  private final Door door;
  private final Observer observer;

  public ObservedDoor(Door door, Observer observer) {
    this.door = door;
    this.observer = observer;
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
    observer.opened(state);
    return state;
  }

  @Override
  public Outcome append(Dataset<Row> records, Batch batch) {
    long began = System.nanoTime();
    Outcome outcome = door.append(records, batch);
    if (outcome instanceof Outcome.Committed committed) {
      observer.committed(committed, Duration.ofNanos(System.nanoTime() - began));
    }
    return outcome;
  }
}
