package io.landfall.schemas.weather;

import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaHistory;
import java.util.List;

/** What is landed of a weather service: a source that proves that nothing knows hockey. */
public final class WeatherDatasets {

  /** One row for each hour of a station's day. */
  public static final Dataset STATION_HOURS =
      new Dataset(
          "weather",
          "weather service",
          "station-hours",
          2,
          "station_hours",
          SchemaHistory.of("StationHour").latest(),
          List.of("station", "day", "hour"),
          List.of("temperature"),
          List.of("country"),
          "");

  private WeatherDatasets() {}
}
