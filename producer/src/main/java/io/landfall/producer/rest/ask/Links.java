package io.landfall.producer.rest.ask;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where a link of an answer leads. */
final class Links {

  private static final int SHOWN = 200;

  private final NamedHosts hosts;
  private final UnaryOperator<URI> bare;

  /**
   * @param bare takes from a URL what is secret in it
   */
  Links(NamedHosts hosts, UnaryOperator<URI> bare) {
    this.hosts = hosts;
    this.bare = bare;
  }

  /**
   * The next request.
   *
   * @param link as the answer has it
   * @param from where the answer came from
   */
  Next follow(String link, URI from) {
    Optional<URI> resolved = resolved(link.strip(), from);
    if (resolved.isEmpty()) {
      return new Next.Cut("it goes on at \"%s\", which is no URL".formatted(shown(link)));
    }
    URI next = bare.apply(resolved.get());
    if (next.getRawUserInfo() != null || next.getHost() == null) {
      return new Next.Cut(
          "it goes on at %s, which has no host, or a user in front of it".formatted(shown(link)));
    }
    URI secure = asSecureAs(from, next);
    return hosts.has(secure)
        ? new Next.Go(secure)
        : new Next.Cut(
            "it goes on at %s, a host that the definition does not name; if it belongs to the API, add it to hosts"
                .formatted(shown(next.toString())));
  }

  /** Without its fragment. */
  private static Optional<URI> resolved(String link, URI from) {
    try {
      String legal = legal(link);
      URI next =
          legal.startsWith("?")
              // Java follows the older RFC 2396 here, and would lose the last step of the path.
              ? new URI(withoutQuery(from) + legal)
              : from.resolve(new URI(legal));
      String text = next.toString();
      int hash = text.indexOf('#');
      return Optional.of(hash < 0 ? next : new URI(text.substring(0, hash)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String withoutQuery(URI url) {
    String text = url.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  /** Letters that no URL has, but some APIs write into theirs, as they are encoded. */
  private static String legal(String link) {
    StringBuilder legal = new StringBuilder();
    link.codePoints()
        .forEach(
            letter -> {
              String text = Character.toString(letter);
              boolean isOpen = letter <= ' ' || letter > '~' || "\"<>\\^`{|}[]".contains(text);
              legal.append(isOpen ? Address.encoded(text) : text);
            });
    return legal.toString();
  }

  /** Behind a proxy some APIs write http where they are asked over https. */
  private static URI asSecureAs(URI from, URI next) {
    boolean lost =
        "https".equalsIgnoreCase(from.getScheme())
            && "http".equalsIgnoreCase(next.getScheme())
            && next.getPort() < 0
            && from.getPort() < 0
            && String.valueOf(next.getHost()).equalsIgnoreCase(from.getHost());
    return lost ? URI.create("https" + next.toString().substring("http".length())) : next;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
