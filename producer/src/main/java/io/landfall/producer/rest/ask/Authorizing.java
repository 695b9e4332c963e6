package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.cli.Reason;
import io.landfall.cli.Secrets;
import io.landfall.producer.definition.ApiDefinition;
import io.landfall.producer.definition.Auth;
import io.landfall.producer.http.Credentials;
import io.landfall.producer.http.Hosts;
import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says who asks, with the secrets as they are at the moment. Safe for use by several threads. */
final class Authorizing {

  private static final String AUTHORIZATION = "Authorization";
  private static final String BEARER = "Bearer ";

  private final ApiDefinition api;
  private final NamedHosts hosts;
  private final Secrets secrets;
  private final Optional<ClientToken> token;

  Authorizing(ApiDefinition api, NamedHosts named, Hosts hosts, Secrets secrets, Clock clock) {
    this.api = api;
    this.hosts = named;
    this.secrets = secrets;
    this.token =
        api.auth() instanceof Auth.ClientCredentials client
            ? Optional.of(
                new ClientToken(
                    client,
                    secrets,
                    hosts.at(client.tokenUrl(), Optional.empty(), api.timeout()),
                    clock))
            : Optional.empty();
  }

  /** What the next request says. */
  Permit permit() throws InterruptedException {
    try {
      Map<String, String> headers = new LinkedHashMap<>();
      api.headers()
          .forEach(
              (name, value) -> {
                String now = inHeader(name, secrets.resolve(value));
                if (Secrets.isReferredToIn(value)) {
                  headers.put(name, now);
                }
              });
      if (token.isPresent()) {
        ClientToken.Wanted wanted = token.get().get();
        if (wanted.otherwise().isPresent()) {
          return new Permit.Withheld(wanted.otherwise().get());
        }
        headers.put(AUTHORIZATION, BEARER + wanted.token().orElseThrow());
      }
      return new Permit.Given(
          new KnownAs(hosts::getsCredentials, headers, withAuth(api.auth(), headers)));
    } catch (IllegalArgumentException e) {
      return new Permit.Withheld(
          Reasons.stop(
              "%s: nothing is asked without it, so put it there or mend the definition"
                  .formatted(Reason.of(e))));
    }
  }

  /** Adds what is a header, and gives what is a parameter. */
  private Optional<KnownAs.Parameter> withAuth(Auth auth, Map<String, String> headers) {
    if (auth instanceof Auth.Bearer bearer) {
      headers.put(AUTHORIZATION, inHeader(AUTHORIZATION, BEARER + secret(bearer.token())));
    } else if (auth instanceof Auth.Basic basic) {
      String known = secrets.resolve(basic.user()) + ":" + secret(basic.password());
      String encoded = Base64.getEncoder().encodeToString(known.getBytes(UTF_8));
      Secrets.remember(encoded);
      headers.put(AUTHORIZATION, "Basic " + encoded);
    } else if (auth instanceof Auth.Header header) {
      headers.put(header.name(), inHeader(header.name(), secret(header.value())));
    } else if (auth instanceof Auth.Query query) {
      return Optional.of(new KnownAs.Parameter(query.name(), secret(query.value())));
    }
    return Optional.empty();
  }

  private String secret(String text) {
    String secret = secrets.resolve(text);
    Secrets.remember(secret);
    return secret;
  }

  private static String inHeader(String name, String value) {
    if (!SentHeaders.canBe(value)) {
      throw new IllegalArgumentException(
          "what is to stand in the header %s has a letter that none may have, such as a line end"
              .formatted(name));
    }
    if (!SentHeaders.canBeSet(name)) {
      throw new IllegalArgumentException(
          "the header %s cannot be set: it is no name of a header, or one that the connection sets"
              .formatted(name));
    }
    return value;
  }

  /** Whether there is something else to try now that these were refused. */
  boolean hasOther(Credentials refused, URI url) {
    String used = refused.headers(url).getOrDefault(AUTHORIZATION, "");
    if (token.isEmpty() || !used.startsWith(BEARER)) {
      return false;
    }
    token.get().refused(used.substring(BEARER.length()));
    return true;
  }
}
