package io.landfall.producer.rest;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Secrets;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.definition.Reading.Changes;
import io.landfall.producer.definition.Reading.Listing.OfWindows;
import io.landfall.producer.definition.Reading.Windows;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.definition.RowSchema;
import io.landfall.producer.definition.ShapeVersion;
import io.landfall.producer.definition.SourceDefinition;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.record.ResourceShaper;
import io.landfall.producer.rest.ask.Asking;
import io.landfall.producer.source.AnswersConnector;
import io.landfall.producer.source.Connector;
import io.landfall.producer.source.Derivation;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Item;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A source that a definition describes. It asks for all of its resources, and lands one of them.
 */
public final class RestConnector implements Connector {

  /** Of a source that does not say when what it has begins. */
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  private final SourceDefinition source;
  private final ResourceDefinition resource;
  private final Map<String, String> environment;
  private final Clock clock;

  /** The source, which lands its first resource first. */
  public RestConnector(SourceDefinition source, Map<String, String> environment, Clock clock) {
    this(source, source.resources().get(0), environment, clock);
  }

  private RestConnector(
      SourceDefinition source,
      ResourceDefinition resource,
      Map<String, String> environment,
      Clock clock) {
    this.source = source;
    this.resource = resource;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  @Override
  public Dataset dataset() {
    return RowSchema.dataset(source, resource);
  }

  @Override
  public List<Connector> resources() {
    Stream<Connector> datasets =
        Stream.concat(
                Stream.of(resource),
                source.resources().stream().filter(other -> !other.name().equals(resource.name())))
            .map(one -> new RestConnector(source, one, environment, clock));
    return source.answersTable()
        ? Stream.concat(datasets, Stream.of(new AnswersConnector(this, this::compared))).toList()
        : datasets.toList();
  }

  private byte[] compared(Item item, ApiAnswer answer) {
    return source.resources().stream()
        .filter(one -> one.name().equals(Items.resource(item)))
        .findFirst()
        .map(one -> SameBut.compared(answer, SameBut.leftOut(one, item, answer.getEndpoint())))
        .orElseGet(() -> AnswersConnector.bytes(answer));
  }

  @Override
  public Optional<String> definition() {
    return Optional.of(source.text());
  }

  @Override
  public int mostInFlight() {
    return source.api().inFlight();
  }

  @Override
  public String itemName() {
    return "item";
  }

  @Override
  public ZoneId zone() {
    return source.resources().stream()
        .flatMap(one -> one.windows().stream())
        .map(Windows::zone)
        .findFirst()
        .orElse(ZoneOffset.UTC);
  }

  @Override
  public LocalDate beginning() {
    return source.resources().stream()
        .flatMap(
            one ->
                Stream.of(
                        one.windows().map(Windows::from),
                        one.listed()
                            .map(listed -> listed.named())
                            .filter(OfWindows.class::isInstance)
                            .map(listing -> ((OfWindows) listing).from()))
                    .flatMap(Optional::stream))
        .min(Comparator.naturalOrder())
        .orElseGet(
            () ->
                source.resources().stream()
                    .flatMap(one -> one.changes().stream())
                    .map(Changes::from)
                    .flatMap(Optional::stream)
                    .map(from -> LocalDate.ofInstant(from, ZoneOffset.UTC))
                    .filter(EARLIEST::isBefore)
                    .min(Comparator.naturalOrder())
                    .orElse(EARLIEST));
  }

  @Override
  public int requestsPerItem() {
    return source.resources().stream()
        .flatMap(one -> one.listed().stream())
        .mapToInt(listed -> listed.asks().size())
        .max()
        .orElse(1);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Source source(Settings settings, Hosts hosts) {
    Asking asking = new Asking(source.api(), hosts, new Secrets(environment), clock);
    return new RestSource(
        source,
        asking::look,
        hosts::unreachable,
        hosts::requests,
        settings.find(LandfallSettings.ACCEPT),
        beginning(),
        clock);
  }

  @Override
  public Derivation shaper() {
    return new ResourceShaper(
        source.api(), resource, RowSchema.of(source, resource), ShapeVersion.of(resource));
  }

  @Override
  public List<Probe> probes(LocalDate today) {
    return List.of();
  }
}
