package io.landfall.producer.nhl;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.nhl.api.NhlApi;
import io.landfall.producer.nhl.api.NhlSource;
import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.NhlShaper;
import io.landfall.producer.source.Connector;
import io.landfall.producer.source.Shaper;
import io.landfall.producer.source.Source;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.nhl.NhlDatasets;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The NHL's API: every game since October 2023, player statistics of each. */
public final class NhlConnector implements Connector {

  /** The league's dates are US Eastern, wherever this runs. */
  private static final ZoneId ZONE = ZoneId.of("America/New_York");

  /**
   * Before the first game of the oldest season whose answers have been proven to give right rows.
   */
  private static final LocalDate BEGINNING = LocalDate.of(2023, 10, 1);

  @Override
  public Dataset dataset() {
    return NhlDatasets.PLAYER_GAME_STATS;
  }

  @Override
  public String itemName() {
    return "game";
  }

  @Override
  public ZoneId zone() {
    return ZONE;
  }

  @Override
  public LocalDate beginning() {
    return BEGINNING;
  }

  @Override
  public int requestsPerItem() {
    return Endpoint.REQUIRED.size();
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        LandfallSettings.WEB_API_URL, LandfallSettings.STATS_API_URL, LandfallSettings.REPORTS_URL);
  }

  @Override
  public Source source(Settings settings, Hosts hosts) {
    URI web = settings.get(LandfallSettings.WEB_API_URL);
    URI stats = settings.get(LandfallSettings.STATS_API_URL);
    return new NhlSource(
        new NhlApi(hosts.at(web), hosts.at(stats), hosts.at(reports(settings, web))), hosts, ZONE);
  }

  /** Who does not ask the league's own API does not want to ask its web site either. */
  private static URI reports(Settings settings, URI web) {
    return settings
        .find(LandfallSettings.REPORTS_URL)
        .orElseGet(
            () ->
                web.getAuthority().equals("api-web.nhle.com")
                    ? URI.create("https://www.nhl.com/scores/htmlreports")
                    : web.resolve("/scores/htmlreports"));
  }

  @Override
  public Shaper shaper() {
    return new NhlShaper();
  }

  @Override
  public List<Probe> probes(LocalDate today) {
    return List.of(
        new Probe("web API", LandfallSettings.WEB_API_URL, "/schedule/" + today),
        new Probe("stats API", LandfallSettings.STATS_API_URL, "/shiftcharts?cayenneExp=gameId=0"));
  }
}
