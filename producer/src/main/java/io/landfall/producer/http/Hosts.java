package io.landfall.producer.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All hosts of one API. Each has a budget and a circuit breaker of its own, however many addresses
 * are on it; whether anything answers at all is told of them together.
 */
public final class Hosts {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          // HttpApi follows, within limits.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final HttpSettings settings;
  private final Clock clock;
  private final RequestMeters meters;
  private final Reachability reachability = new Reachability();
  private final Map<String, HttpApi> byAuthority = new HashMap<>();

  public Hosts(HttpSettings settings, Clock clock) {
    this(settings, clock, RequestMeters.NONE);
  }

  /** Those whose requests are counted. */
  public Hosts(HttpSettings settings, Clock clock, RequestMeters meters) {
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
  }

  /** What is at this address. Not for use by several threads, unlike what it gives. */
  public Host at(URI base) {
    return at(base, settings);
  }

  /**
   * The same with manners of its own; the first to name an authority decides for all of it.
   *
   * @param requestsPerSecond empty for the program's own
   */
  public Host at(URI base, Optional<Double> requestsPerSecond, Duration timeout) {
    return at(base, new HttpSettings(requestsPerSecond.or(settings::requestsPerSecond), timeout));
  }

  private Host at(URI base, HttpSettings manners) {
    return new Host(
        base,
        byAuthority.computeIfAbsent(
            base.getAuthority(),
            name -> new HttpApi(name, client, manners.towards(base), reachability, clock, meters)));
  }

  /** Requests sent so far, retries included. */
  public long requests() {
    return byAuthority.values().stream().mapToLong(HttpApi::requests).sum();
  }

  /** Why nothing more is asked; empty while something may answer. */
  public Optional<String> unreachable() {
    return reachability.lost();
  }
}
