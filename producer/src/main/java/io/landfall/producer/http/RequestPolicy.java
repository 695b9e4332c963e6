package io.landfall.producer.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * How an API is asked.
 *
 * @param requestsPerSecond the budget; empty means no limit
 * @param timeout for one answer, from request to last byte
 * @param tries for one URL, the first included
 * @param firstPause before the second try; later ones double, all are jittered by half
 * @param longestPause the most that {@code Retry-After} can make a try wait; beyond it the try is
 *     given up
 * @param compressed whether compressed answers are asked for
 */
public record RequestPolicy(
    Optional<Double> requestsPerSecond,
    Duration timeout,
    int tries,
    Duration firstPause,
    Duration longestPause,
    boolean compressed) {

  private static final double DEFAULT_REQUESTS_PER_SECOND = 5;

  /**
   * The manners for an API at this address: an API on this very machine needs neither budget nor
   * compression.
   */
  public static RequestPolicy towards(
      URI api, Optional<Double> requestsPerSecond, Duration timeout) {
    boolean local = isLoopback(api);
    return new RequestPolicy(
        requestsPerSecond.or(
            () -> local ? Optional.empty() : Optional.of(DEFAULT_REQUESTS_PER_SECOND)),
        timeout,
        4,
        local ? Duration.ofMillis(100) : Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        !local);
  }

  private static boolean isLoopback(URI api) {
    try {
      return InetAddress.getByName(api.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // The request itself will tell; a host that cannot be found gets the manners for strangers.
      return false;
    }
  }
}
