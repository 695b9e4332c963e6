package io.landfall.producer.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where answers send us from one URL on. The client follows nothing by itself: an answer must not
 * lead to another scheme, from https to http, from the network into this machine or its own
 * network, or round in a circle. Which host gets credentials is not decided here.
 */
final class Redirects {

  /** The most that are followed from one URL. */
  static final int MOST = 5;

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  private static final int LAST_PORT = 65_535;

  private static final int SHOWN = 200;

  /** From the URL that was asked for to the one that is to be asked now. */
  private final List<URI> way = new ArrayList<>();

  private final UnaryOperator<URI> bare;

  Redirects(URI asked) {
    this(asked, UnaryOperator.identity());
  }

  /**
   * From a URL on.
   *
   * @param bare takes from a URL what no other host may see
   */
  Redirects(URI asked, UnaryOperator<URI> bare) {
    this.bare = bare;
    way.add(asked);
  }

  static boolean isOne(int status) {
    return STATUSES.contains(status);
  }

  /** What is to be asked now. */
  URI target() {
    return way.get(way.size() - 1);
  }

  /**
   * Goes on to where an answer points.
   *
   * @param locations its Location headers
   * @return why that must not be; empty if it may
   */
  Optional<String> follow(List<String> locations) {
    if (locations.size() != 1) {
      return Optional.of("a redirect with %d Location headers".formatted(locations.size()));
    }
    String location = locations.get(0);
    URI next;
    try {
      next = bare.apply(target().resolve(location.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.of("a redirect to \"%s\", which is no URL".formatted(shown(location)));
    }
    Optional<String> why = refusal(next);
    if (why.isEmpty()) {
      way.add(next);
    }
    return why.map(because -> "a redirect to %s, %s".formatted(shown(next.toString()), because));
  }

  private Optional<String> refusal(URI next) {
    String scheme = scheme(next);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.of("which is neither http nor https");
    }
    if (next.getHost() == null || next.getRawUserInfo() != null || next.getPort() > LAST_PORT) {
      return Optional.of("which has no host, a user in front of it, or no such port behind it");
    }
    if (scheme.equals("http") && scheme(target()).equals("https")) {
      return Optional.of("from https to http");
    }
    if (way.contains(next)) {
      return Optional.of("where it came from: a circle of %d".formatted(way.size()));
    }
    if (way.size() > MOST) {
      return Optional.of("the %dth in a row".formatted(way.size()));
    }
    return isInside(next) && !isInside(target())
        ? Optional.of("from the network into this machine or its own network")
        : Optional.empty();
  }

  private static String scheme(URI url) {
    return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
  }

  /** Whether any address of its host is one that only machines near this one can reach. */
  private static boolean isInside(URI url) {
    try {
      return Arrays.stream(InetAddress.getAllByName(url.getHost())).anyMatch(Redirects::isInside);
    } catch (UnknownHostException e) {
      // The request itself will tell.
      return false;
    }
  }

  private static boolean isInside(InetAddress address) {
    byte[] bytes = address.getAddress();
    // fc00::/7 and 100.64.0.0/10, for which Java has no names.
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal
        || shared;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
