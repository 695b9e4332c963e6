package io.landfall.producer.nhl.stats;

import java.util.ArrayList;
import java.util.List;

/** Reads a shift chart answer into shifts. */
final class ShiftChart {

  static final Json<ShiftChartJson> JSON = Json.of(ShiftChartJson.class);
  private static final int SHIFT = 517;

  private ShiftChart() {}

  /** The plausible shifts of the chart, exact duplicates included; empty when it has none. */
  static List<Shift> read(ShiftChartJson answer, Roster roster) throws UnusableAnswer {
    List<Shift> shifts = new ArrayList<>();
    if (answer.data() == null) {
      return shifts;
    }
    for (ShiftChartJson.Row row : answer.data()) {
      if (row == null || row.typeCode() != SHIFT) {
        continue;
      }
      Shift shift =
          new Shift(
              roster.indexOf(row.playerId()),
              row.period(),
              Clock.seconds(row.startTime()),
              Clock.seconds(row.endTime()));
      if (shift.isPlausible()) {
        shifts.add(shift);
      }
    }
    return shifts;
  }
}
