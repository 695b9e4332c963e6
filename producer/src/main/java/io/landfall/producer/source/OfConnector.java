package io.landfall.producer.source;

import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.http.Hosts;
import io.landfall.schemas.Dataset;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Another connector, but for what is told otherwise of it. */
abstract class OfConnector implements Connector {

  private final Connector of;

  OfConnector(Connector of) {
    this.of = of;
  }

  @Override
  public Dataset dataset() {
    return of.dataset();
  }

  @Override
  public List<Connector> resources() {
    return of.resources();
  }

  @Override
  public final Optional<String> definition() {
    return of.definition();
  }

  @Override
  public final int mostInFlight() {
    return of.mostInFlight();
  }

  @Override
  public final String itemName() {
    return of.itemName();
  }

  @Override
  public final ZoneId zone() {
    return of.zone();
  }

  @Override
  public final LocalDate beginning() {
    return of.beginning();
  }

  @Override
  public final int requestsPerItem() {
    return of.requestsPerItem();
  }

  @Override
  public final List<Setting<?>> settings() {
    return of.settings();
  }

  @Override
  public final Source source(Settings settings, Hosts hosts) {
    return of.source(settings, hosts);
  }

  @Override
  public Derivation shaper() {
    return of.shaper();
  }

  @Override
  public final List<Probe> probes(LocalDate today) {
    return of.probes(today);
  }
}
