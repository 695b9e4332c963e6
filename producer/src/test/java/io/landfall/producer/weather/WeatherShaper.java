package io.landfall.producer.weather;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.weather.WeatherDatasets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** A row for each hour that the air was measured in; rain where it was read. */
final class WeatherShaper implements Shaper {

  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public String version() {
    return "weather-1";
  }

  @Override
  public Shaped shape(ItemAnswers answers) {
    Map<String, JsonNode> hours = new HashMap<>();
    try {
      for (ApiAnswer answer : answers.getAnswers()) {
        hours.put(answer.getEndpoint(), JSON.readTree(answer.getBody().array()).path("hours"));
      }
    } catch (IOException e) {
      return new Shaped.Unusable(e.toString());
    }
    JsonNode air = hours.get("air");
    if (air == null) {
      return new Shaped.Waiting("air");
    }
    JsonNode rain = hours.getOrDefault("rain", JSON.createObjectNode());
    String coverage = rain.isEmpty() ? "air" : "air+rain";
    List<GenericRecord> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> hour : air.properties()) {
      rows.add(row(answers, hour.getKey(), air, rain, coverage));
    }
    return new Shaped.Rows(coverage, rows);
  }

  private static GenericRecord row(
      ItemAnswers answers, String hour, JsonNode air, JsonNode rain, String coverage) {
    String key = answers.getItem().getKey();
    GenericRecord row = new GenericData.Record(WeatherDatasets.STATION_HOURS.schema());
    row.put("station", key.substring(0, key.indexOf('/')));
    row.put("day", answers.getItem().getFirstDay().toString());
    row.put("hour", Integer.valueOf(hour));
    row.put("country", answers.getItem().getAttributes().get("country"));
    row.put("temperature", air.get(hour).asDouble());
    row.put("rain", rain.has(hour) ? rain.get(hour).asDouble() : null);
    row.put("_coverage", coverage);
    return row;
  }
}
