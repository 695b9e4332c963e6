package io.landfall.consumer.door.spark;

import io.landfall.consumer.bronze.Fault;
import io.landfall.consumer.bronze.RowLayout;
import io.landfall.consumer.bronze.SetAside;
import io.landfall.consumer.door.spark.RecordDecoder.Undecodable;
import io.landfall.consumer.landing.LandingStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * What a task found in its part of a batch, before anything of it is written. Public because Spark
 * wants it so of what tasks give back.
 *
 * @param setAside records that are no rows
 * @param newer those that this release is too old for
 * @param ends the offset behind the last record of each partition
 */
public record SliceCount(long rows, SetAside setAside, SetAside newer, Map<Integer, Long> ends)
    implements Serializable {

  static final SliceCount NOTHING = new SliceCount(0, SetAside.NONE, SetAside.NONE, Map.of());

  SliceCount and(SliceCount other) {
    Map<Integer, Long> both = new HashMap<>(ends);
    other.ends.forEach((partition, end) -> both.merge(partition, end, Math::max));
    return new SliceCount(
        rows + other.rows, setAside.and(other.setAside), newer.and(other.newer), both);
  }

  /** The task. */
  record Task(RowLayout layout) implements MapPartitionsFunction<Row, SliceCount> {

    @Override
    public Iterator<SliceCount> call(Iterator<Row> records) {
      RowMaker maker = new RowMaker(layout);
      Map<Integer, Long> ends = new HashMap<>();
      SetAside setAside = SetAside.NONE;
      SetAside newer = SetAside.NONE;
      long rows = 0;
      while (records.hasNext()) {
        Row record = records.next();
        int partition = record.getInt(LandingStream.PARTITION);
        long offset = record.getLong(LandingStream.OFFSET);
        ends.merge(partition, offset + 1, Math::max);
        try {
          Row unused = maker.row(record);
          rows++;
        } catch (Undecodable e) {
          Fault fault = layout.judged(e.fault());
          SetAside one = SetAside.of(partition, offset, fault);
          newer = fault.stops() ? newer.and(one) : newer;
          setAside = fault.stops() ? setAside : setAside.and(one);
        }
      }
      return List.of(new SliceCount(rows, setAside, newer, ends)).iterator();
    }
  }
}
