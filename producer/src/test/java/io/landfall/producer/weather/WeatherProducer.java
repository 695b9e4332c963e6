package io.landfall.producer.weather;

import io.landfall.producer.ProducerMain;
import java.time.Clock;

/** {@code landfall producer}, for weather. */
public final class WeatherProducer {

  private WeatherProducer() {}

  public static void main(String[] args) {
    ProducerMain.program(new WeatherConnector(), Clock.systemUTC()).runAndExit(args);
  }
}
