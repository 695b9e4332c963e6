package io.landfall.producer.nhl.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is read of a shift chart answer. */
record ShiftChartJson(@Nullable List<@Nullable Row> data) {

  /** A shift ({@code typeCode} 517), or a goal's marker (505), which is none. */
  record Row(
      int gameId,
      int playerId,
      int period,
      @Nullable String startTime,
      @Nullable String endTime,
      int typeCode) {}
}
