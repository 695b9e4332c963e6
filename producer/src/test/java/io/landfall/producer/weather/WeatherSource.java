package io.landfall.producer.weather;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.cli.Progress;
import io.landfall.producer.http.Answer;
import io.landfall.producer.http.Host;
import io.landfall.producer.http.Hosts;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Held;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists {@code /days/DAY}; asks {@code /air/STATION/DAY} and {@code /rain/STATION/DAY}. */
final class WeatherSource implements Source {

  private static final JsonMapper JSON = new JsonMapper();

  private final Host api;
  private final Hosts hosts;

  WeatherSource(Host api, Hosts hosts) {
    this.api = api;
    this.hosts = hosts;
  }

  @Override
  public Listing list(LocalDate first, LocalDate last, Progress progress)
      throws InterruptedException {
    List<Item> items = new ArrayList<>();
    Set<LocalDate> days = new HashSet<>();
    List<String> problems = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      Answer answer = api.get("/days/" + day);
      if (answer instanceof Answer.Body body) {
        for (JsonNode station : tree(body.bytes()).path("stations")) {
          items.add(item(station, day));
        }
        days.add(day);
      } else {
        problems.add(answer.toString());
      }
    }
    return new Listing(items, days, problems);
  }

  private static Item item(JsonNode station, LocalDate day) {
    String id = station.path("id").asText();
    String state = station.path("state").asText();
    return new Item(
        id + "/" + day,
        day,
        day,
        station.path("name").asText(),
        switch (state) {
          case "over" -> ItemState.AVAILABLE;
          case "closed" -> ItemState.CANCELLED;
          default -> ItemState.PENDING;
        },
        Map.of("country", station.path("country").asText()));
  }

  @Override
  public FetchOutcome fetch(Item item, Held held) throws InterruptedException {
    List<ApiAnswer> answers = new ArrayList<>();
    Map<String, String> missing = new LinkedHashMap<>();
    Optional<String> failed = Optional.empty();
    for (String endpoint : List.of("air", "rain")) {
      Answer answer = api.get("/" + endpoint + "/" + item.getKey());
      if (answer instanceof Answer.Body body && hasHours(body.bytes())) {
        answers.add(answer(endpoint, body));
      } else if (answer instanceof Answer.NotAsked notAsked) {
        return new FetchOutcome.NotAsked(notAsked.reason());
      } else if (answer instanceof Answer.Failed failure) {
        failed = Optional.of(failure.reason());
        missing.put(endpoint, failure.reason());
      } else {
        missing.put(endpoint, "not measured yet");
      }
    }
    if (answers.isEmpty() || answers.size() < held.hashes().size()) {
      return new FetchOutcome.Unavailable(
          failed.orElse("less than what is held: " + missing), Optional.empty());
    }
    FetchOutcome.Missing left = new FetchOutcome.Missing(missing, failed.isPresent());
    return answers.stream().allMatch(one -> held.has(one.getEndpoint(), one.getSha256()))
        ? new FetchOutcome.Unchanged(left)
        : new FetchOutcome.Fetched(
            new ItemAnswers(
                item,
                answers.get(answers.size() - 1).getFetchedAt(),
                answers,
                List.of(),
                null,
                true,
                1,
                1),
            left,
            Map.of(),
            Map.of());
  }

  private static ApiAnswer answer(String endpoint, Answer.Body body) {
    return new ApiAnswer(
        endpoint,
        body.url().toString(),
        200,
        body.contentType(),
        body.receivedAt(),
        sha256(body.bytes()),
        ByteBuffer.wrap(body.bytes()));
  }

  private static boolean hasHours(byte[] body) {
    return !tree(body).path("hours").isEmpty();
  }

  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    } catch (IOException e) {
      throw new IllegalStateException("The bytes are in memory", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<String> unreachable() {
    return hosts.unreachable();
  }

  @Override
  public long requests() {
    return hosts.requests();
  }
}
