package io.landfall.producer.source.nhl;

import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.Game;
import io.landfall.program.Masked;
import io.landfall.schemas.ApiResponse;
import io.landfall.schemas.GameResponses;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One fetch of one game: what each endpoint gave, and what that comes to. */
final class GameFetch {

  private final Hosts hosts;
  private final Game game;
  private final Map<String, String> held;
  private final Function<GameResponses, Map<String, String>> completeness;
  private final Map<Endpoint, ApiResponse> usable = new LinkedHashMap<>();
  private final Map<Endpoint, Part.Unusable> unusable = new LinkedHashMap<>();

  GameFetch(
      Hosts hosts,
      Game game,
      Map<String, String> held,
      Function<GameResponses, Map<String, String>> completeness) {
    this.hosts = hosts;
    this.game = game;
    this.held = held;
    this.completeness = completeness;
  }

  FetchOutcome run() throws InterruptedException {
    ask(Endpoint.REGULAR);
    if (!usable.isEmpty() && reasons().containsKey(Endpoint.SHIFTCHARTS.label())) {
      ask(Endpoint.STAND_INS);
    }
    return outcome();
  }

  private void ask(List<Endpoint> endpoints) throws InterruptedException {
    for (Endpoint endpoint : endpoints) {
      Part part = Part.of(endpoint, endpoint.host(hosts).api().get(endpoint.url(hosts, game.id())));
      if (part instanceof Part.Usable found) {
        usable.put(endpoint, response(endpoint, found));
      } else if (part instanceof Part.Unusable failed) {
        unusable.put(endpoint, failed);
      }
    }
  }

  private FetchOutcome outcome() {
    if (usable.isEmpty()
        && !unusable.isEmpty()
        && unusable.values().stream().noneMatch(GameFetch::asked)) {
      return new FetchOutcome.NotAsked(reason(unusable.values()));
    }
    List<Endpoint> noLongerServed =
        Endpoint.REGULAR.stream()
            .filter(endpoint -> held.containsKey(endpoint.label()))
            .filter(endpoint -> !usable.containsKey(endpoint))
            .toList();
    if (!noLongerServed.isEmpty() && noLongerServed.stream().allMatch(this::wasNotAsked)) {
      return new FetchOutcome.NotAsked(reason(unusable.values()));
    }
    if (!noLongerServed.isEmpty()) {
      return new FetchOutcome.Unavailable(
          noLongerServed.stream()
              .map(
                  endpoint ->
                      endpoint.label() + " is held, but was not served this time: " + why(endpoint))
              .collect(Collectors.joining("; ")),
          until());
    }
    if (usable.isEmpty()) {
      String reason = unusable.isEmpty() ? "every answer was empty" : reason(unusable.values());
      return unusable.values().stream().anyMatch(Part.Unusable::mayPass)
          ? new FetchOutcome.Unavailable(reason, until())
          : new FetchOutcome.Rejected(reason);
    }
    boolean changed =
        usable.values().stream()
            .anyMatch(response -> !response.getSha256().equals(held.get(response.getEndpoint())));
    return changed
        ? new FetchOutcome.Fetched(responses(), missing())
        : new FetchOutcome.Unchanged(missing());
  }

  private static boolean asked(Part.Unusable part) {
    return part.cause() != Part.Cause.NOT_ASKED;
  }

  private boolean wasNotAsked(Endpoint endpoint) {
    Part.Unusable part = unusable.get(endpoint);
    return part != null && !asked(part);
  }

  private static String reason(Collection<Part.Unusable> parts) {
    return parts.stream().map(Part.Unusable::reason).collect(Collectors.joining("; "));
  }

  private String why(Endpoint endpoint) {
    Part.Unusable part = unusable.get(endpoint);
    return part == null ? "empty" : part.reason();
  }

  private Optional<Instant> until() {
    return unusable.values().stream()
        .flatMap(part -> part.until().stream())
        .max(Comparator.naturalOrder());
  }

  private FetchOutcome.Missing missing() {
    Map<String, String> reasons = reasons();
    return new FetchOutcome.Missing(
        reasons, !reasons.isEmpty() && unusable.values().stream().anyMatch(Part.Unusable::mayPass));
  }

  /**
   * What these answers lack; of what was asked for and did not come, the reason is known better.
   */
  private Map<String, String> reasons() {
    Map<String, String> missing = new LinkedHashMap<>(completeness.apply(responses()));
    for (Endpoint endpoint : Endpoint.REGULAR) {
      Part.Unusable part = unusable.get(endpoint);
      if (part != null) {
        missing.put(endpoint.label(), part.reason());
      }
    }
    return missing;
  }

  private GameResponses responses() {
    Instant latest =
        usable.values().stream()
            .map(ApiResponse::getFetchedAt)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return new GameResponses(game.id(), game.date(), latest, List.copyOf(usable.values()));
  }

  private static ApiResponse response(Endpoint endpoint, Part.Usable part) {
    byte[] bytes = part.body().bytes();
    return new ApiResponse(
        endpoint.label(),
        Masked.urls(part.body().url().toString()),
        200,
        part.body().contentType(),
        part.body().receivedAt(),
        sha256(bytes),
        ByteBuffer.wrap(bytes));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
