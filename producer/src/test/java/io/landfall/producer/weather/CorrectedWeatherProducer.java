package io.landfall.producer.weather;

import io.landfall.producer.ProducerMain;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.ItemAnswers;
import java.time.Clock;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * {@code landfall producer} for weather with one formula changed: station S1 read half a degree too
 * low.
 */
public final class CorrectedWeatherProducer {

  private CorrectedWeatherProducer() {}

  public static void main(String[] args) {
    ProducerMain.program(
            new WeatherConnector() {
              @Override
              public Shaper shaper() {
                return new Corrected();
              }
            },
            Clock.systemUTC())
        .runAndExit(args);
  }

  private static final class Corrected implements Shaper {
    private final Shaper before = WeatherShaper.of(Map.of());

    @Override
    public String version() {
      return "weather-2";
    }

    @Override
    public Shaped shape(ItemAnswers answers) {
      Shaped shaped = before.shape(answers);
      return shaped instanceof Shaped.Rows rows
          ? new Shaped.Rows(rows.coverage(), rows.rows().stream().map(this::corrected).toList())
          : shaped;
    }

    private GenericRecord corrected(GenericRecord row) {
      if (row.get("station").toString().equals("S1")) {
        row.put("temperature", (Double) row.get("temperature") + 0.5);
      }
      return row;
    }
  }
}
