package io.landfall.producer.definition;

import io.landfall.producer.definition.ApiDefinition.FurtherHost;
import io.landfall.producer.definition.ApiDefinition.GrantHeaders;
import io.landfall.producer.definition.ApiDefinition.HeaderTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys below {@code api}. */
final class ApiKeys {

  /** Headers of these names are given secrets, whatever an API calls them. */
  private static final Pattern SECRET_NAME =
      Pattern.compile("auth|api-?key|token|cookie|secret|passw|credential|signature|(^|-)key$");

  private static final Key<String> BEARER =
      Key.required(
          "bearer", Scalars.SECRET, "\"${env:API_TOKEN}\"", "Sent as `Authorization: Bearer …`.");

  private static final Key<String> USER =
      Key.required("user", Scalars.SECRET, "\"${env:API_USER}\"", "The user's name.");

  private static final Key<String> PASSWORD =
      Key.required(
          "password",
          Scalars.SECRET_OR_NONE,
          "\"${env:API_PASSWORD}\"",
          "The password; \"\" where the API takes a secret for the user's name and no password.");

  private static final Group<Auth> USER_AND_PASSWORD =
      new Group<>(
          "basic",
          "api.auth.basic",
          "A user and a password.",
          List.of(USER, PASSWORD),
          values -> Optional.of(new Auth.Basic(values.get(USER), values.get(PASSWORD))));

  private static final Key<Auth> BASIC =
      Key.required(
          "basic",
          USER_AND_PASSWORD,
          "{user: \"${env:API_USER}\", password: \"${env:API_PASSWORD}\"}",
          "Sent as `Authorization: Basic …`.");

  private static final Key<String> HEADER_NAME =
      Key.required("name", Scalars.HEADER_NAME, "X-Api-Key", "The header's name.");

  private static final Key<String> QUERY_NAME =
      Key.required("name", Scalars.TEXT, "api_key", "The parameter's name.");

  private static final Key<String> VALUE =
      Key.required("value", Scalars.SECRET, "\"${env:API_KEY}\"", "The secret.");

  private static final Key<Auth> HEADER =
      Key.required(
          "header",
          new Group<>(
              "auth-header",
              "api.auth.header",
              "A header that has the secret.",
              List.of(HEADER_NAME, VALUE),
              values -> Optional.of(new Auth.Header(values.get(HEADER_NAME), values.get(VALUE)))),
          "{name: X-Api-Key, value: \"${env:API_KEY}\"}",
          "A header of the API's own.");

  private static final Key<Auth> QUERY =
      Key.required(
          "query",
          new Group<>(
              "auth-query",
              "api.auth.query",
              "A parameter that has the secret. It is masked wherever an address is logged or"
                  + " kept.",
              List.of(QUERY_NAME, VALUE),
              values -> Optional.of(new Auth.Query(values.get(QUERY_NAME), values.get(VALUE)))),
          "{name: api_key, value: \"${env:API_KEY}\"}",
          "A parameter of the query.");

  private static final Key<URI> TOKEN_URL =
      Key.required(
          "token-url",
          Scalars.URL,
          "https://login.example.org/oauth/token",
          "Who is asked for a token.");

  private static final Key<String> ID =
      Key.required("id", Scalars.SECRET, "\"${env:API_CLIENT}\"", "The client's id.");

  private static final Key<String> SECRET =
      Key.required("secret", Scalars.SECRET, "\"${env:API_SECRET}\"", "The client's secret.");

  private static final Key<String> SCOPE =
      Key.optional("scope", Scalars.TEXT, "read", "What the token is to allow.");

  private static final Key<Auth> CLIENT_CREDENTIALS =
      Key.required(
          "client-credentials",
          new Group<>(
              "client-credentials",
              "api.auth.client-credentials",
              "OAuth 2.0 client credentials: a token is asked for, and kept until it expires.",
              List.of(TOKEN_URL, ID, SECRET, SCOPE),
              values ->
                  Optional.of(
                      new Auth.ClientCredentials(
                          values.get(TOKEN_URL),
                          values.get(ID),
                          values.get(SECRET),
                          values.find(SCOPE)))),
          "{token-url: https://login.example.org/oauth/token, id: \"${env:API_CLIENT}\", secret:"
              + " \"${env:API_SECRET}\"}",
          "OAuth 2.0 client credentials.");

  private static final Form<Auth> AUTH_FORM =
      new Either<>(
          "none, or how the API knows who asks",
          Optional.of(Scalars.words(Map.<String, Auth>of("none", new Auth.None()))),
          List.of(
              new Group<>(
                  "auth-by-bearer",
                  "api.auth, by a token",
                  "A token in the header Authorization.",
                  List.of(BEARER),
                  values -> Optional.of(new Auth.Bearer(values.get(BEARER)))),
              by("auth-by-basic", "api.auth, by a user and a password", BASIC),
              by("auth-by-header", "api.auth, by a header", HEADER),
              by("auth-by-query", "api.auth, by a parameter", QUERY),
              by("auth-by-client", "api.auth, by client credentials", CLIENT_CREDENTIALS)));

  private static final Key<URI> URL =
      Key.required(
          "url",
          Scalars.URL,
          "https://api.example.org/v1",
          "The API's address, to which paths are appended. No secrets and no query: it is logged,"
              + " and kept with the answers.");

  private static final Key<URI> HOST_URL =
      Key.required(
          "url",
          Scalars.URL,
          "https://data.example.org",
          "Its address, to which paths are appended.");

  private static final Key<Boolean> CREDENTIALS =
      Key.optional(
              "credentials",
              Scalars.BOOLEAN,
              "true",
              "Whether what is under `auth`, and headers that refer to secrets, are sent there"
                  + " too.")
          .or(false, "false");

  private static final Group<FurtherHost> HOST =
      new Group<>(
          "host",
          "api.hosts.NAME",
          "A further address of the API.",
          List.of(HOST_URL, CREDENTIALS),
          values -> Optional.of(new FurtherHost(values.get(HOST_URL), values.get(CREDENTIALS))));

  private static final Key<Map<String, FurtherHost>> HOSTS =
      Key.optional(
              "hosts",
              MapForm.of(Scalars.ENDPOINT_NAME, HOST),
              "{files: {url: https://files.example.org}}",
              "Further addresses by name, which get credentials too. A link to any other host is not"
                  + " followed; a redirect there is, without credentials.")
          .or(Map.of(), "");

  private static final Key<Auth> AUTH =
      Key.optional(
              "auth",
              AUTH_FORM,
              "{bearer: \"${env:API_TOKEN}\"}",
              "How the API knows who asks. Secrets are references, `${env:NAME}`, `${file:/path}`"
                  + " or `${file:/path:key}`; one that stands here itself is refused.")
          .or(new Auth.None(), "none");

  private static final Key<Map<String, String>> HEADERS =
      Key.optional(
              "headers",
              new MapForm<>(
                  Scalars.HEADER_NAME, Scalars.HEADER_VALUE, false, ApiKeys::requireReference),
              "{Accept: application/json}",
              "Headers of each request. One whose name is that of a secret needs a reference, as"
                  + " under `auth`.")
          .or(Map.of(), "");

  private static final Key<Double> BUDGET =
      Key.optional(
          "budget",
          Scalars.RATE_OF_REQUESTS,
          "1/s",
          "Requests in a second, a minute or an hour, over all resources. Without it: the setting"
              + " `requests-per-second`.");

  private static final Key<Integer> IN_FLIGHT =
      Key.optional(
              "in-flight", Scalars.number(1, 100), "1", "How many items are asked for at once.")
          .or(4, "4");

  private static final Key<Duration> TIMEOUT =
      Key.optional("timeout", Scalars.DURATION, "60s", "How long one answer may take.")
          .or(Duration.ofSeconds(20), "20s");

  private static final Key<String> REMAINING =
      Key.required(
          "remaining",
          Scalars.HEADER_NAME,
          "x-ratelimit-remaining",
          "The header that says how many requests are left.");

  private static final Key<String> UNTIL =
      Key.required(
          "until",
          Scalars.HEADER_NAME,
          "x-ratelimit-reset",
          "The header that says when there will be more.");

  private static final Key<HeaderTime> UNTIL_AS =
      Key.required(
          "as",
          Scalars.oneOf(HeaderTime.class),
          "epoch-seconds",
          "How that is written: seconds since 1970, or seconds from now on.");

  private static final Key<GrantHeaders> LIMITS =
      Key.optional(
          "limits",
          new Group<>(
              "limits",
              "api.limits",
              "The headers in which the API tells how much it still grants.",
              List.of(REMAINING, UNTIL, UNTIL_AS),
              values ->
                  Optional.of(
                      new GrantHeaders(
                          values.get(REMAINING), values.get(UNTIL), values.get(UNTIL_AS)))),
          "{remaining: x-ratelimit-remaining, until: x-ratelimit-reset, as: epoch-seconds}",
          "The headers in which the API tells how much it still grants; where there is none left,"
              + " it is waited.");

  private static final Key<Map<Integer, StatusMeaning>> ANSWERS =
      Key.optional(
              "answers",
              MapForm.of(Scalars.number(100, 599), Scalars.oneOf(StatusMeaning.class)),
              "{204: empty, 410: gone}",
              "What a status means: ok (there is a body), empty (nothing, and that is all),"
                  + " unchanged, gone (for good), later (not now), refused (for this item), split"
                  + " (too much at once: the window is halved), stop (the run ends). What is usual:"
                  + " 204 and 205 empty, other 2xx ok, 304 unchanged, 408, 425, 429 and 5xx later, 401 and 403 stop, all"
                  + " others refused.")
          .or(Map.of(), "");

  static final Group<ApiDefinition> API =
      new Group<>(
          "api",
          "api",
          "How the API is asked.",
          List.of(URL, HOSTS, AUTH, HEADERS, BUDGET, IN_FLIGHT, TIMEOUT, LIMITS, ANSWERS),
          ApiKeys::make);

  private ApiKeys() {}

  private static Group<Auth> by(String name, String title, Key<Auth> key) {
    return new Group<>(
        name, title, key.doc(), List.of(key), values -> Optional.of(values.get(key)));
  }

  private static void requireReference(String header, String value) {
    boolean isSecret = SECRET_NAME.matcher(header.toLowerCase(Locale.ROOT)).find();
    if (isSecret && !Scalar.REFERENCE.matcher(value).find()) {
      throw new IllegalArgumentException(
          "by its name it is a secret, and it stands here itself; put it into a variable or a file"
              + " and write ${env:NAME} or ${file:/path}");
    }
  }

  private static Optional<ApiDefinition> make(Values values) {
    return Optional.of(
        new ApiDefinition(
            values.get(URL),
            values.get(HOSTS),
            values.get(AUTH),
            values.get(HEADERS),
            values.find(BUDGET),
            values.get(IN_FLIGHT),
            values.get(TIMEOUT),
            values.find(LIMITS),
            values.get(ANSWERS)));
  }
}
