package io.landfall.consumer.weather;

import io.landfall.consumer.ConsumerMain;
import io.landfall.schemas.weather.WeatherDatasets;
import java.time.Clock;

/** {@code landfall consumer}, for another dataset than the one that it ships with. */
public final class WeatherConsumer {

  private WeatherConsumer() {}

  public static void main(String[] args) {
    ConsumerMain.program(WeatherDatasets.STATION_HOURS, Clock.systemUTC()).runAndExit(args);
  }
}
