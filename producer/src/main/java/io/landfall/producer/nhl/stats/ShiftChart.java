package io.landfall.producer.nhl.stats;

/** Reads a shift chart answer into shifts. */
final class ShiftChart {

  static final Json<ShiftChartJson> JSON = Json.of(ShiftChartJson.class);
  private static final int SHIFT = 517;

  private ShiftChart() {}

  /** The shifts of the chart; rows of another game are none of it. */
  static Shifts read(ShiftChartJson answer, Game game) {
    Shifts shifts = new Shifts(game.lastPeriod());
    if (answer.data() == null) {
      return shifts;
    }
    for (ShiftChartJson.Row row : answer.data()) {
      boolean other = row != null && row.gameId() != 0 && row.gameId() != game.id();
      if (row == null || row.typeCode() != SHIFT || other) {
        continue;
      }
      shifts.add(
          new Shift(
              game.roster().indexOf(row.playerId()),
              row.period(),
              Clock.seconds(row.startTime()),
              Clock.seconds(row.endTime())),
          () -> "player " + row.playerId());
    }
    return shifts;
  }
}
