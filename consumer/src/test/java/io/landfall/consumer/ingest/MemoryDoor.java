package io.landfall.consumer.ingest;

import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.CommitNote;
import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.ReadableTable;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.TableState;
import io.landfall.consumer.door.Batch;
import io.landfall.consumer.door.Door;
import io.landfall.consumer.door.Outcome;
import io.landfall.consumer.door.Protocol;
import io.landfall.consumer.ingest.MemoryTopic.Place;
import io.landfall.consumer.landing.Offsets;
import io.landfall.consumer.testing.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A way into a table in memory, by the protocol of every door. */
final class MemoryDoor implements Door {

  private final MemoryTable table;
  private final MemoryTopic topic;
  private final MemoryQueries queries;
  private final Protocol protocol;

  /**
   * @param queries know the records of the batch that they hand on
   */
  MemoryDoor(MemoryTable table, MemoryTopic topic, MemoryQueries queries) {
    this.table = table;
    this.topic = topic;
    this.queries = queries;
    this.protocol = new Protocol(table.location(), Readings.FIRST);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public BronzeTable table() {
    return table;
  }

  /** Asked only where it is. */
  @Override
  public ReadableTable quarantine() {
    return table;
  }

  @Override
  public TableState open(String topicId) {
    if (!table.exists()) {
      table.create(topicId);
    }
    TableDescription described = table.describe();
    protocol.requireOurs(described);
    return protocol.require(described, table.state(), topicId);
  }

  @Override
  public Outcome append(Dataset<Row> none, Batch batch) {
    List<Place> records = queries.handed();
    TreeMap<Integer, Long> ends = new TreeMap<>();
    List<Place> rows = new ArrayList<>();
    SetAside setAside = SetAside.NONE;
    for (Place record : records) {
      ends.merge(record.partition(), record.offset() + 1, Math::max);
      if (topic.isRow(record)) {
        rows.add(record);
      } else {
        table.setAside(record);
        setAside =
            setAside.and(
                SetAside.of(
                    record.partition(),
                    record.offset(),
                    new Fault(Fault.Kind.UNDECODABLE, "no row", null)));
      }
    }
    return records.isEmpty()
        ? new Outcome.Empty()
        : commit(rows, setAside, batch, new Offsets(ends));
  }

  private Outcome commit(List<Place> rows, SetAside setAside, Batch batch, Offsets ends) {
    CommitNote note =
        protocol.note(
            batch,
            table.describe().applicationId(),
            ends,
            rows.size(),
            table.state().quarantined() + setAside.records());
    Optional<Outcome> before = decided(note, setAside);
    if (before.isPresent()) {
      return before.get();
    }
    table.commit(note, rows);
    return decided(note, setAside).orElseThrow();
  }

  private Optional<Outcome> decided(CommitNote note, SetAside setAside) {
    return protocol.decided(table.describe(), table.state(), note, setAside);
  }
}
