package io.landfall.producer.rest.ask;

import io.landfall.cli.Masked;
import io.landfall.producer.http.Credentials;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Credentials for the hosts that get them.
 *
 * @param host whether the host of a URL is one of them
 * @param headers what it gets with each request
 * @param parameter what it gets in the query
 */
record KnownAs(Predicate<URI> host, Map<String, String> headers, Optional<Parameter> parameter)
    implements Credentials {

  private static final String MASK = "***";

  /** A secret in a query. */
  record Parameter(String name, String value) {
    @Override
    public String toString() {
      return name + "=" + MASK;
    }
  }

  @Override
  public URI bare(URI url) {
    return parameter.map(Parameter::name).map(name -> without(name, url)).orElse(url);
  }

  /** The URL without a parameter, however often it is there. */
  static URI without(String name, URI url) {
    String query = url.getRawQuery();
    if (query == null || Arrays.stream(query.split("&")).noneMatch(part -> isNamed(name, part))) {
      return url;
    }
    String left =
        Arrays.stream(query.split("&"))
            .filter(part -> !isNamed(name, part))
            .collect(Collectors.joining("&"));
    String place = url.toString().substring(0, url.toString().indexOf('?'));
    String fragment = url.getRawFragment() == null ? "" : "#" + url.getRawFragment();
    return URI.create(place + (left.isEmpty() ? "" : "?" + left) + fragment);
  }

  private static boolean isNamed(String name, String part) {
    String written = part.split("=", 2)[0];
    try {
      return URLDecoder.decode(written, StandardCharsets.UTF_8).equals(name);
    } catch (IllegalArgumentException e) {
      // Encoded in no way that is known, as no name of ours is.
      return written.equals(name);
    }
  }

  @Override
  public URI url(URI bare) {
    return parameter
        .filter(known -> host.test(bare))
        .map(known -> with(known.name(), Address.encoded(known.value()), bare))
        .orElse(bare);
  }

  private static URI with(String name, String value, URI url) {
    String text = url.toString();
    return URI.create(
        text + (url.getRawQuery() == null ? "?" : "&") + Address.encoded(name) + "=" + value);
  }

  @Override
  public Map<String, String> headers(URI url) {
    return host.test(url) ? headers : Map.of();
  }

  /** The URL as it may be kept: one sees that there was a secret, and not which. */
  URI shown(URI bare) {
    URI masked = URI.create(Masked.text(bare.toString()));
    return parameter
        .filter(known -> host.test(bare))
        .map(known -> with(known.name(), MASK, masked))
        .orElse(masked);
  }

  /** A header's value as it may be kept. */
  String shown(String header) {
    String open =
        parameter
            .map(
                known ->
                    Pattern.compile("([?&]" + Pattern.quote(known.name()) + "=)[^&#>;,\"\\s]*")
                        .matcher(header)
                        .replaceAll("$1" + Matcher.quoteReplacement(MASK)))
            .orElse(header);
    return Masked.text(open);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "%s %s".formatted(headers.keySet(), parameter);
  }
}
