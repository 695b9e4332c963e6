package io.landfall.producer.source.nhl;

import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Game;
import io.landfall.producer.source.Listing;
import io.landfall.producer.source.Source;
import io.landfall.producer.source.http.Answer;
import io.landfall.producer.source.http.HttpApi;
import io.landfall.schemas.ApiResponse;
import io.landfall.schemas.GameResponses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The NHL's two API hosts. Safe for use by several threads. */
public final class NhlSource implements Source {

  private static final int DAYS_IN_A_SCHEDULE = 7;

  private final URI webApiUrl;
  private final URI statsApiUrl;
  private final HttpApi webApi;
  private final HttpApi statsApi;
  private final Function<GameResponses, Map<String, String>> completeness;

  /**
   * A source over two hosts, which may be the same.
   *
   * @param completeness for each endpoint that is missing or partial in these answers, why
   */
  public NhlSource(
      URI webApiUrl,
      HttpApi webApi,
      URI statsApiUrl,
      HttpApi statsApi,
      Function<GameResponses, Map<String, String>> completeness) {
    this.webApiUrl = webApiUrl;
    this.webApi = webApi;
    this.statsApiUrl = statsApiUrl;
    this.statsApi = statsApi;
    this.completeness = completeness;
  }

  @Override
  public long requests() {
    return webApi == statsApi ? webApi.requests() : webApi.requests() + statsApi.requests();
  }

  @Override
  public Listing list(LocalDate first, LocalDate last) throws InterruptedException {
    Map<Integer, Game> games = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (LocalDate week = first; !week.isAfter(last); week = week.plusDays(DAYS_IN_A_SCHEDULE)) {
      URI url = URI.create(webApiUrl + "/schedule/" + week);
      LocalDate end = earlier(last, week.plusDays(DAYS_IN_A_SCHEDULE - 1L));
      Part part = part(webApi.get(url));
      if (part instanceof Part.Usable usable) {
        try {
          for (Game game : NhlSchedule.games(usable.body().bytes(), week, end)) {
            games.put(game.id(), game);
          }
        } catch (IllegalArgumentException e) {
          problems.add("GET %s: not a schedule: %s".formatted(url, e.getMessage()));
        }
      } else {
        problems.add(((Part.Unusable) part).reason());
      }
    }
    return new Listing(
        games.values().stream()
            .sorted(Comparator.comparing(Game::date).thenComparing(Game::id))
            .toList(),
        problems);
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  @Override
  public FetchOutcome fetch(Game game, Map<String, String> held) throws InterruptedException {
    Map<String, ApiResponse> usable = new LinkedHashMap<>();
    Map<String, Part.Unusable> unusable = new LinkedHashMap<>();
    for (Endpoint endpoint : Endpoint.values()) {
      HttpApi api = endpoint == Endpoint.SHIFTCHARTS ? statsApi : webApi;
      Part part = part(api.get(endpoint.url(webApiUrl, statsApiUrl, game.id())));
      if (part instanceof Part.Usable found && !saysNothing(endpoint, found.body())) {
        usable.put(endpoint.label(), response(endpoint, found.body()));
      } else if (part instanceof Part.Unusable failed) {
        unusable.put(endpoint.label(), failed);
      }
    }
    return outcome(game, held, usable, unusable);
  }

  private FetchOutcome outcome(
      Game game,
      Map<String, String> held,
      Map<String, ApiResponse> usable,
      Map<String, Part.Unusable> unusable) {
    Map<String, String> reasons =
        unusable.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().reason()));
    Optional<Instant> until =
        unusable.values().stream()
            .flatMap(part -> part.until().stream())
            .max(Comparator.naturalOrder());
    List<String> noLongerServed =
        held.keySet().stream().filter(endpoint -> !usable.containsKey(endpoint)).sorted().toList();
    if (!noLongerServed.isEmpty()) {
      return new FetchOutcome.Unavailable(
          "held, but not served this time: %s (%s)"
              .formatted(
                  String.join(", ", noLongerServed),
                  noLongerServed.stream()
                      .map(endpoint -> reasons.getOrDefault(endpoint, "empty"))
                      .collect(Collectors.joining("; "))),
          until);
    }
    if (usable.isEmpty()) {
      String reason = String.join("; ", reasons.values());
      return unusable.values().stream().anyMatch(Part.Unusable::mayPass)
          ? new FetchOutcome.Unavailable(reason, until)
          : new FetchOutcome.Rejected(reason.isEmpty() ? "every answer was empty" : reason);
    }
    GameResponses responses = responses(game, usable);
    Map<String, String> missing = new LinkedHashMap<>(completeness.apply(responses));
    missing.putAll(reasons);
    boolean changed =
        usable.values().stream()
            .anyMatch(response -> !response.getSha256().equals(held.get(response.getEndpoint())));
    return changed
        ? new FetchOutcome.Fetched(responses, missing)
        : new FetchOutcome.Unchanged(missing);
  }

  private static GameResponses responses(Game game, Map<String, ApiResponse> usable) {
    Instant latest =
        usable.values().stream()
            .map(ApiResponse::getFetchedAt)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return new GameResponses(game.id(), game.date(), latest, List.copyOf(usable.values()));
  }

  /** An empty shift chart comes with status 200 and means "not yet": nothing of it is kept. */
  private static boolean saysNothing(Endpoint endpoint, Answer.Body body) {
    try {
      return endpoint == Endpoint.SHIFTCHARTS && WholeJson.hasNothingIn(body.bytes(), "data");
    } catch (IOException e) {
      throw new UncheckedIOException("The body was whole when it was checked", e);
    }
  }

  private static ApiResponse response(Endpoint endpoint, Answer.Body body) {
    return new ApiResponse(
        endpoint.label(),
        body.url().toString(),
        200,
        body.contentType(),
        body.receivedAt(),
        sha256(body.bytes()),
        ByteBuffer.wrap(body.bytes()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private sealed interface Part {
    record Usable(Answer.Body body) implements Part {}

    record Unusable(String reason, boolean mayPass, Optional<Instant> until) implements Part {}
  }

  private static Part part(Answer answer) {
    if (answer instanceof Answer.Body body) {
      return json(body);
    }
    if (answer instanceof Answer.Failed failed) {
      return new Part.Unusable(failed.reason(), true, failed.until());
    }
    return new Part.Unusable(((Answer.Refused) answer).reason(), false, Optional.empty());
  }

  private static Part json(Answer.Body body) {
    if (!body.contentType().contains("json")) {
      return broken(body, "Content-Type is \"%s\", not JSON".formatted(body.contentType()));
    }
    try {
      WholeJson.check(body.bytes());
      return new Part.Usable(body);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return broken(body, "the body is not whole JSON: " + message.lines().findFirst().orElse(""));
    }
  }

  private static Part.Unusable broken(Answer.Body body, String why) {
    return new Part.Unusable(
        "GET %s: %s (%d bytes)".formatted(body.url(), why, body.bytes().length),
        true,
        Optional.empty());
  }
}
