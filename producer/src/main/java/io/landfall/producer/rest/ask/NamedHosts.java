package io.landfall.producer.rest.ask;

import io.landfall.producer.definition.ApiDefinition;
import io.landfall.producer.http.Host;
import io.landfall.producer.http.Hosts;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The hosts that a definition names: no link leads to any other. */
final class NamedHosts {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * One of them.
   *
   * @param credentials whether it gets them
   */
  private record Named(Host host, boolean credentials) {}

  private final ApiDefinition api;
  private final Map<String, Named> byOrigin = new HashMap<>();

  NamedHosts(ApiDefinition api, Hosts hosts) {
    this.api = api;
    add(hosts, api.url(), true);
    api.hosts().values().forEach(further -> add(hosts, further.url(), further.credentials()));
  }

  private void add(Hosts hosts, URI url, boolean credentials) {
    byOrigin.merge(
        origin(url),
        new Named(hosts.at(url, api.budget(), api.timeout()), credentials),
        (first, second) -> new Named(first.host(), first.credentials() || second.credentials()));
  }

  /**
   * What paths are appended to.
   *
   * @param name of a further host; empty for the API's own
   * @throws IllegalArgumentException if there is none of that name
   */
  URI base(Optional<String> name) {
    if (name.isEmpty()) {
      return api.url();
    }
    ApiDefinition.FurtherHost further = api.hosts().get(name.get());
    if (further == null) {
      throw new IllegalArgumentException(
          "there is no host \"%s\"; there are %s"
              .formatted(name.get(), api.hosts().keySet().stream().sorted().toList()));
    }
    return further.url();
  }

  boolean has(URI url) {
    return byOrigin.containsKey(origin(url));
  }

  boolean getsCredentials(URI url) {
    Named named = byOrigin.get(origin(url));
    return named != null && named.credentials();
  }

  /** The host of a URL that is at one of them. */
  Host of(URI url) {
    Named named = byOrigin.get(origin(url));
    if (named == null) {
      throw new IllegalStateException("Nothing is asked of a host that nobody named: " + url);
    }
    return named.host();
  }

  /** Scheme, host and port. */
  static String origin(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? HTTPS : HTTP;
    return "%s://%s:%d"
        .formatted(scheme, String.valueOf(url.getHost()).toLowerCase(Locale.ROOT), port);
  }
}
