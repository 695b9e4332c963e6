package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.cli.Secrets;
import io.landfall.producer.definition.Auth;
import io.landfall.producer.http.Host;
import io.landfall.producer.http.Passing;
import io.landfall.producer.http.Reply;
import io.landfall.producer.http.Request;
import io.landfall.producer.source.JsonLimits;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A token for client credentials (RFC 6749, 4.4), kept until shortly before it expires. Safe for
 * use by several threads: while one asks for it, the others wait.
 */
final class ClientToken {

  /** A token that expires sooner than this is asked for anew. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /** Of a token's life, the part that the margin is at most. */
  private static final int PART = 10;

  private static final long LONGEST_LIFE = Duration.ofDays(30).toSeconds();

  private static final ObjectMapper JSON = new ObjectMapper(JsonLimits.factory().build());

  private final Auth.ClientCredentials auth;
  private final Secrets secrets;
  private final Host host;
  private final Clock clock;

  private Optional<String> token = Optional.empty();
  private Instant useUntil = Instant.MIN;

  ClientToken(Auth.ClientCredentials auth, Secrets secrets, Host host, Clock clock) {
    this.auth = auth;
    this.secrets = secrets;
    this.host = host;
    this.clock = clock;
  }

  /** What came of wanting one: a token, or how the look ends without. */
  record Wanted(Optional<String> token, Optional<Look.Ending> otherwise) {
    static Wanted none(Look.Ending ending) {
      return new Wanted(Optional.empty(), Optional.of(ending));
    }
  }

  /**
   * The token that is to be used now.
   *
   * @throws IllegalArgumentException if a secret is not there
   */
  synchronized Wanted get() throws InterruptedException {
    return token.isPresent() && clock.instant().isBefore(useUntil)
        ? new Wanted(token, Optional.empty())
        : anew();
  }

  /** It was refused: unless another has been asked for since, it is not used any more. */
  synchronized void refused(String used) {
    token = token.filter(held -> !held.equals(used));
  }

  private Wanted anew() throws InterruptedException {
    String id = secrets.resolve(auth.id());
    String secret = secrets.resolve(auth.secret());
    Secrets.remember(secret);
    String basic =
        Base64.getEncoder().encodeToString((form(id) + ":" + form(secret)).getBytes(UTF_8));
    Secrets.remember(basic);
    URI url = auth.tokenUrl();
    Reply reply =
        host.ask(
            new Request(
                url,
                Map.of("Accept", "application/json"),
                Optional.of(
                    "grant_type=client_credentials"
                        + auth.scope().map(scope -> "&scope=" + form(scope)).orElse("")),
                new KnownAs(
                    url::equals, Map.of("Authorization", "Basic " + basic), Optional.empty()),
                Passing.USUAL));
    if (reply instanceof Reply.Came came) {
      return came(came);
    }
    if (reply instanceof Reply.Failed failed) {
      return Wanted.none(new Look.Ending.Later("no token: " + failed.reason(), failed.until()));
    }
    return Wanted.none(
        reply instanceof Reply.NotAsked not
            ? new Look.Ending.NotAsked("no token: " + not.reason())
            : new Look.Ending.Stop("no token: " + ((Reply.Astray) reply).reason()));
  }

  private Wanted came(Reply.Came came) {
    JsonNode said;
    try {
      said = JSON.readTree(came.body());
    } catch (IOException e) {
      // It may quote what it could not read.
      return refusal(came, "what came is no JSON");
    }
    String given = said.path("access_token").asText("");
    if (came.status() / 100 != 2 || given.isEmpty()) {
      return refusal(
          came,
          "error \"%s\" %s"
              .formatted(said.path("error").asText(""), said.path("error_description").asText("")));
    }
    Secrets.remember(given);
    if (!SentHeaders.canBe(given)) {
      return refusal(came, "the token has letters that no header may have");
    }
    String type = said.path("token_type").asText("Bearer");
    if (!type.equalsIgnoreCase("bearer")) {
      return refusal(came, "the token is of type \"%s\", not Bearer".formatted(type));
    }
    Instant now = clock.instant();
    long life = Math.max(0, Math.min(said.path("expires_in").asLong(LONGEST_LIFE), LONGEST_LIFE));
    long margin = Math.min(MARGIN.toSeconds(), life / PART);
    token = Optional.of(given);
    useUntil = now.plusSeconds(life - margin);
    return new Wanted(token, Optional.empty());
  }

  private static Wanted refusal(Reply.Came came, String why) {
    return Wanted.none(
        Reasons.stop(
            "no token: POST %s: status %d: %s. Check id and secret of the definition's auth"
                .formatted(came.url(), came.status(), why.strip())));
  }

  private static String form(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
