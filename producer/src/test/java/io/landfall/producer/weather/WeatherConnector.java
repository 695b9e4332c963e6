package io.landfall.producer.weather;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.source.Connector;
import io.landfall.producer.source.Shaper;
import io.landfall.producer.source.Source;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.weather.WeatherDatasets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** A weather service. */
public class WeatherConnector implements Connector {

  @Override
  public Dataset dataset() {
    return WeatherDatasets.STATION_HOURS;
  }

  @Override
  public String itemName() {
    return "station day";
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public LocalDate beginning() {
    return LocalDate.of(2024, 1, 1);
  }

  @Override
  public int requestsPerItem() {
    return 2;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(LandfallSettings.WEB_API_URL);
  }

  @Override
  public Source source(Settings settings, Hosts hosts) {
    return new WeatherSource(hosts.at(settings.get(LandfallSettings.WEB_API_URL)), hosts);
  }

  @Override
  public Shaper shaper() {
    return WeatherShaper.of(System.getenv());
  }

  @Override
  public List<Probe> probes(LocalDate today) {
    return List.of(new Probe("weather API", LandfallSettings.WEB_API_URL, "/days/" + today));
  }
}
