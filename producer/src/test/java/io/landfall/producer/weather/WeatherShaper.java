package io.landfall.producer.weather;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Topic;
import io.landfall.schemas.weather.WeatherDatasets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * A row for each hour that the air was measured in; rain where it was read. Its faults are those of
 * a version that cannot do its work yet.
 */
final class WeatherShaper implements Shaper {

  private static final JsonMapper JSON = new JsonMapper();

  private final Set<String> unusable;
  private final Set<String> large;

  /**
   * @param unusable stations of which it makes nothing
   * @param large stations of which it makes a row that no topic takes
   */
  WeatherShaper(Set<String> unusable, Set<String> large) {
    this.unusable = unusable;
    this.large = large;
  }

  /** With the faults that variables name, stations with commas between. */
  static WeatherShaper of(Map<String, String> environment) {
    return new WeatherShaper(
        Set.of(environment.getOrDefault("WEATHER_UNUSABLE", "").split(",")),
        Set.of(environment.getOrDefault("WEATHER_LARGE", "").split(",")));
  }

  @Override
  public String version() {
    return "weather-1";
  }

  @Override
  public Shaped shape(ItemAnswers answers) {
    String station = station(answers);
    if (unusable.contains(station)) {
      return new Shaped.Unusable("this version knows nothing of station " + station);
    }
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
      GenericRecord row = row(answers, hour.getKey(), air, rain, coverage);
      if (large.contains(station) && hour.getKey().equals("7")) {
        row.put("country", "x".repeat(Topic.MAX_RECORD_BYTES));
      }
      rows.add(row);
    }
    return new Shaped.Rows(coverage, rows);
  }

  private static String station(ItemAnswers answers) {
    String key = answers.getItem().getKey();
    return key.substring(0, key.indexOf('/'));
  }

  private static GenericRecord row(
      ItemAnswers answers, String hour, JsonNode air, JsonNode rain, String coverage) {
    GenericRecord row = new GenericData.Record(WeatherDatasets.STATION_HOURS.schema());
    row.put("station", station(answers));
    row.put("day", answers.getItem().getFirstDay().toString());
    row.put("hour", Integer.valueOf(hour));
    row.put("country", answers.getItem().getAttributes().get("country"));
    row.put("temperature", air.get(hour).asDouble());
    row.put("rain", rain.has(hour) ? rain.get(hour).asDouble() : null);
    row.put("_coverage", coverage);
    return row;
  }
}
