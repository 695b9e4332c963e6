package io.landfall.producer.definition;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How an API is asked.
 *
 * @param url what paths are appended to, without a slash at the end
 * @param hosts further addresses by name, which a link may lead to
 * @param auth how it knows who asks
 * @param headers of each request; a value may be a reference to a secret
 * @param budget requests a second; empty for the program's own
 * @param inFlight items asked for at once
 * @param timeout for one answer
 * @param limits the headers in which it tells how much it still grants
 * @param answers what a status means where that is not the usual
 */
public record ApiDefinition(
    URI url,
    Map<String, FurtherHost> hosts,
    Auth auth,
    Map<String, String> headers,
    Optional<Double> budget,
    int inFlight,
    Duration timeout,
    Optional<GrantHeaders> limits,
    Map<Integer, StatusMeaning> answers) {

  public ApiDefinition {
    hosts = Map.copyOf(hosts);
    headers = Map.copyOf(headers);
    answers = Map.copyOf(answers);
  }

  /**
   * Another address of the API.
   *
   * @param credentials whether it gets them too
   */
  public record FurtherHost(URI url, boolean credentials) {}

  /** How a time is written in a header. */
  public enum HeaderTime {
    /** Seconds since 1970. */
    EPOCH_SECONDS,
    /** Seconds from now on. */
    SECONDS
  }

  /**
   * Headers that say what is still granted.
   *
   * @param remaining requests that are left
   * @param until when there will be more
   * @param as how that is written
   */
  public record GrantHeaders(String remaining, String until, HeaderTime as) {}
}
