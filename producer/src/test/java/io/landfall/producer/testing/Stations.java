package io.landfall.producer.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.Progress;
import io.landfall.cli.Setting;
import io.landfall.cli.Settings;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.source.Connector;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Shaper;
import io.landfall.producer.source.Source;
import io.landfall.producer.weather.WeatherConnector;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A weather service in memory: each station measured one temperature, in one hour of a day. */
public final class Stations implements Connector {

  private static final LocalDate DAY = LocalDate.parse("2024-10-01");

  private final WeatherConnector weather = new WeatherConnector();
  private final Map<String, Double> measured = new TreeMap<>();

  /** What a station says from now on. */
  public Stations measure(String station, double temperature) {
    measured.put(key(station), temperature);
    return this;
  }

  public static String key(String station) {
    return station + "/" + DAY;
  }

  /** What is fetched of one. */
  public ItemAnswers answers(String key) {
    byte[] body = "{\"hours\":{\"7\":%s}}".formatted(measured.get(key)).getBytes(UTF_8);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new ItemAnswers(
        item(key),
        now,
        List.of(
            new ApiAnswer(
                "air",
                "http://x/" + key,
                200,
                "application/json",
                now,
                new String(body, UTF_8),
                ByteBuffer.wrap(body))),
        List.of(),
        null,
        true,
        1,
        1);
  }

  private static Item item(String key) {
    return new Item(key, DAY, DAY, key, ItemState.AVAILABLE, Map.of("country", "CH"));
  }

  @Override
  public Dataset dataset() {
    return weather.dataset();
  }

  @Override
  public String itemName() {
    return "station day";
  }

  @Override
  public ZoneId zone() {
    return weather.zone();
  }

  @Override
  public LocalDate beginning() {
    return DAY;
  }

  @Override
  public int requestsPerItem() {
    return 1;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Source source(Settings settings, Hosts hosts) {
    return new Memory();
  }

  @Override
  public Shaper shaper() {
    return weather.shaper();
  }

  @Override
  public List<Probe> probes(LocalDate today) {
    return List.of();
  }

  private final class Memory implements Source {
    @Override
    public Listing list(LocalDate first, LocalDate last, Progress progress) {
      return new Listing(
          measured.keySet().stream().map(Stations::item).toList(),
          first.datesUntil(last.plusDays(1)).collect(Collectors.toSet()),
          List.of());
    }

    @Override
    public FetchOutcome fetch(Item item, Held held) {
      ItemAnswers found = answers(item.getKey());
      return held.has("air", found.getAnswers().get(0).getSha256())
          ? new FetchOutcome.Unchanged(Missing.NOTHING)
          : new FetchOutcome.Fetched(found, Missing.NOTHING, Map.of(), Map.of());
    }

    @Override
    public Optional<String> unreachable() {
      return Optional.empty();
    }

    @Override
    public long requests() {
      return 0;
    }
  }
}
