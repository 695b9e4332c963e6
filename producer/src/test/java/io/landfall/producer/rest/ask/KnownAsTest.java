package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.definition.ApiDefinition;
import io.landfall.producer.definition.Auth;
import io.landfall.producer.definition.Paging;
import io.landfall.producer.rest.ask.AnApi.Got;
import io.landfall.producer.rest.ask.AnApi.Said;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who asks is told to hosts that get it, and nowhere else. */
class KnownAsTest {

  private static final AnApi API = new AnApi();
  private static final AnApi OTHER = new AnApi();

  /** With letters that a URL encodes. */
  private static final String SECRET = "hunter2+/=&x";

  private static final Map<String, String> ENVIRONMENT = Map.of("IT", SECRET, "ME", "someone");
  private static final String REFERENCE = "${env:IT}";
  private static final Question ALL = AnApi.question(new Paging.LinkHeader(100));
  private static final Said ONE = Said.json("{\"records\": [{\"id\": 1}]}");

  @AfterAll
  static void close() {
    API.close();
    OTHER.close();
  }

  private static Look look(ApiDefinition definition) throws InterruptedException {
    return API.asking(definition, ENVIRONMENT).look(ALL);
  }

  private static Look look(Auth auth, AnApi.Served served) throws InterruptedException {
    API.serves(served);
    OTHER.serves(request -> ONE);
    return look(API.definition(auth, Map.of()));
  }

  private static String header(Auth auth, String name) throws InterruptedException {
    assertThat(look(auth, request -> ONE).ending()).isEqualTo(new Look.Ending.Whole());
    return API.requests().get(0).headers().getOrDefault(name, "");
  }

  @Test
  void eachKindSaysIt() throws Exception {
    assertThat(header(new Auth.None(), "Authorization")).isEmpty();
    assertThat(header(new Auth.Bearer(REFERENCE), "Authorization")).isEqualTo("Bearer " + SECRET);
    assertThat(header(new Auth.Basic("${env:ME}", REFERENCE), "Authorization"))
        .isEqualTo(
            "Basic " + Base64.getEncoder().encodeToString(("someone:" + SECRET).getBytes(UTF_8)));
    assertThat(header(new Auth.Header("X-Api-Key", REFERENCE), "X-api-key")).isEqualTo(SECRET);
    assertThat(look(new Auth.Query("k", REFERENCE), request -> ONE).ending())
        .isEqualTo(new Look.Ending.Whole());
    assertThat(API.requests().get(0).parameter("k")).isEqualTo(SECRET);
  }

  @Test
  void headersOfADefinitionReplaceOurs() throws Exception {
    API.serves(request -> ONE);
    Look look =
        look(
            API.definition(
                new Auth.None(), Map.of("Accept", "application/geo+json", "X-Key", REFERENCE)));
    assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
    assertThat(API.requests().get(0).headers())
        .containsEntry("Accept", "application/geo+json")
        .containsEntry("X-key", SECRET)
        .hasEntrySatisfying("User-agent", agent -> assertThat(agent).startsWith("landfall/"));
  }

  @Test
  void aSecretThatIsNotThereStopsWithItsName() throws Exception {
    API.serves(request -> ONE);
    Look look = look(API.definition(new Auth.Bearer("${env:NOBODY}"), Map.of()));
    assertThat(look.ending()).isInstanceOf(Look.Ending.Stop.class);
    assertThat(look.ending().toString()).contains("${env:NOBODY}", "no such variable");
    assertThat(API.requests()).isEmpty();
  }

  @Test
  void aSecretThatNoHeaderMayHaveIsNotQuoted() throws Exception {
    API.serves(request -> ONE);
    Look look =
        API.asking(
                API.definition(new Auth.Bearer(REFERENCE), Map.of()), Map.of("IT", "two\nlines42"))
            .look(ALL);
    assertThat(look.ending().toString()).contains("a line end").doesNotContain("lines42");
    assertThat(API.requests()).isEmpty();
  }

  @Test
  void aHeaderThatCannotBeSetStopsWithItsName() throws Exception {
    API.serves(request -> ONE);
    Look look = look(API.definition(new Auth.None(), Map.of("Content-Length", "7")));
    assertThat(look.ending()).isInstanceOf(Look.Ending.Stop.class);
    assertThat(look.ending().toString()).contains("the header Content-Length cannot be set");
  }

  /** Whatever of it is kept, shown or logged. */
  private static String everything(Look look) {
    StringBuilder all = new StringBuilder(look.toString());
    look.pages().forEach(page -> all.append(page.url()).append(page.headers()).append(page));
    return all.toString();
  }

  private static final List<String> FORMS =
      List.of("hunter2", "hunter2%2B", Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)));

  @Test
  void aLinkThatRepeatsASecretIsMaskedAndSendsItOnce() throws Exception {
    Look look =
        look(
            new Auth.Query("k", REFERENCE),
            request ->
                request.parameter("page").isEmpty()
                    ? ONE.with(
                        "Link",
                        "<%s/things?k=hunter2%%2B%%2F%%3D%%26x&page=2>; rel=\"next\""
                            .formatted(API.url()))
                    : Said.json("{\"records\": [{\"id\": 2}]}"));
    assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
    assertThat(API.requests())
        .extracting(got -> got.parameter("k"))
        .containsOnly(SECRET)
        .hasSize(2);
    assertThat(look.pages().get(1).url()).hasToString(API.url() + "/things?page=2&k=***");
    assertThat(look.pages().get(0).headers().get("Link")).contains("/things?k=***&page=2>");
    assertThat(everything(look)).doesNotContain(FORMS);
  }

  @Test
  void noFailureQuotesASecret() throws Exception {
    for (Auth auth :
        List.of(
            new Auth.Query("k", REFERENCE),
            new Auth.Bearer(REFERENCE),
            new Auth.Header("X-Api-Key", REFERENCE),
            new Auth.Basic("${env:ME}", REFERENCE))) {
      for (AnApi.Served served :
          List.<AnApi.Served>of(
              request -> Said.status(404),
              request -> Said.status(401),
              request -> Said.json("{\"wrong\": \"" + request.query() + request.headers() + "\"}"),
              request -> Said.json("no " + SECRET),
              request -> ONE.with("Link", "<https://evil.test/?a=" + SECRET + ">; rel=next"),
              request -> Said.status(302).with("Location", "ftp://evil.test/?k=" + SECRET),
              request -> Said.status(429).with("Retry-After", "7200"))) {
        Look look = look(auth, served);
        assertThat(look.ending()).isNotEqualTo(new Look.Ending.Whole());
        assertThat(everything(look)).doesNotContain(FORMS);
      }
    }
  }

  private static String sentTo(AnApi api) {
    return api.requests().stream().map(Got::toString).reduce("", String::concat);
  }

  @Test
  void aRedirectToAnotherHostTakesNoSecretAlong() throws Exception {
    for (Auth auth :
        List.of(
            new Auth.Query("k", REFERENCE),
            new Auth.Bearer(REFERENCE),
            new Auth.Header("X-Api-Key", REFERENCE),
            new Auth.Basic("${env:ME}", REFERENCE))) {
      Look look =
          look(
              auth,
              request ->
                  Said.status(302)
                      .with(
                          "Location",
                          OTHER.url()
                              + "/there?page=1"
                              + (auth instanceof Auth.Query ? "&k=hunter2%2B%2F%3D%26x" : "")));
      assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
      assertThat(OTHER.requests()).hasSize(1);
      assertThat(sentTo(OTHER)).doesNotContain(FORMS).contains("page=1");
    }
  }

  @Test
  void aRedirectWithinTheHostTakesItAlong() throws Exception {
    Look look =
        look(
            new Auth.Bearer(REFERENCE),
            request ->
                request.path().equals("/things")
                    ? Said.status(301).with("Location", "/moved")
                    : ONE);
    assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
    assertThat(API.requests())
        .extracting(got -> got.headers().get("Authorization"))
        .containsExactly("Bearer " + SECRET, "Bearer " + SECRET);
  }

  @Test
  void aLinkToANamedHostTakesItAlongOnlyWhereItMay() throws Exception {
    for (boolean may : List.of(false, true)) {
      ApiDefinition plain = API.definition(new Auth.Bearer(REFERENCE), Map.of("X-Key", REFERENCE));
      ApiDefinition named =
          new ApiDefinition(
              plain.url(),
              Map.of("other", new ApiDefinition.FurtherHost(OTHER.url(), may)),
              plain.auth(),
              plain.headers(),
              Optional.empty(),
              1,
              Duration.ofSeconds(10),
              Optional.empty(),
              Map.of());
      API.serves(request -> ONE.with("Link", "<%s/2>; rel=next".formatted(OTHER.url())));
      OTHER.serves(request -> Said.json("{\"records\": [{\"id\": 2}]}"));
      assertThat(look(named).ending()).isEqualTo(new Look.Ending.Whole());
      assertThat(OTHER.requests()).hasSize(1);
      assertThat(sentTo(OTHER).contains("hunter2")).isEqualTo(may);
    }
  }

  private static Auth client(AnApi tokens) {
    return new Auth.ClientCredentials(
        URI.create(tokens.url() + "/token"), "${env:ME}", REFERENCE, Optional.of("read all"));
  }

  private static Said token(String token, int seconds) {
    return Said.json(
        "{\"access_token\": \"%s\", \"token_type\": \"bearer\", \"expires_in\": %d}"
            .formatted(token, seconds));
  }

  @Test
  void aTokenIsAskedForOnceAndKept() throws Exception {
    OTHER.serves(request -> token("token-of-hours", 3600));
    API.serves(request -> ONE);
    Asking asking = API.asking(API.definition(client(OTHER), Map.of()), ENVIRONMENT);
    for (int look = 0; look < 3; look++) {
      assertThat(asking.look(ALL).ending()).isEqualTo(new Look.Ending.Whole());
    }
    assertThat(OTHER.requests()).hasSize(1);
    Got got = OTHER.requests().get(0);
    assertThat(got.body()).isEqualTo("grant_type=client_credentials&scope=read+all");
    assertThat(got.headers().get("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("someone:hunter2%2B%2F%3D%26x".getBytes(UTF_8)));
    assertThat(API.requests())
        .extracting(request -> request.headers().get("Authorization"))
        .containsOnly("Bearer token-of-hours");
  }

  @Test
  void aTokenThatIsOverOrRefusedIsAskedForAnew() throws Exception {
    AtomicInteger tokens = new AtomicInteger();
    OTHER.serves(request -> token("token-" + tokens.incrementAndGet(), 3600));
    API.serves(
        request ->
            "Bearer token-1".equals(request.headers().get("Authorization"))
                ? Said.status(401)
                : ONE);
    Asking asking = API.asking(API.definition(client(OTHER), Map.of()), ENVIRONMENT);
    assertThat(asking.look(ALL).ending()).isEqualTo(new Look.Ending.Whole());
    assertThat(tokens).hasValue(2);
    OTHER.serves(request -> token("token-" + tokens.incrementAndGet(), 0));
    Asking other = API.asking(API.definition(client(OTHER), Map.of()), ENVIRONMENT);
    assertThat(other.look(ALL).ending()).isEqualTo(new Look.Ending.Whole());
    assertThat(other.look(ALL).ending()).isEqualTo(new Look.Ending.Whole());
    assertThat(tokens).hasValue(4);
  }

  @Test
  void aTokenThatIsAlwaysRefusedIsAskedForTwice() throws Exception {
    AtomicInteger tokens = new AtomicInteger();
    OTHER.serves(request -> token("token-" + tokens.incrementAndGet(), 3600));
    API.serves(request -> Said.status(401));
    Look look = look(API.definition(client(OTHER), Map.of()));
    assertThat(look.ending()).isInstanceOf(Look.Ending.Stop.class);
    assertThat(look.ending().toString()).contains("status 401");
    assertThat(API.requests()).hasSize(2);
    assertThat(tokens).hasValue(2);
  }

  @Test
  void noTokenStopsWithWhatTheServerSays() throws Exception {
    OTHER.serves(
        request ->
            new Said(
                400,
                Map.of(),
                "{\"error\": \"invalid_client\", \"error_description\": \"not %s\"}"
                    .formatted(SECRET)));
    API.serves(request -> ONE);
    Look look = look(API.definition(client(OTHER), Map.of()));
    assertThat(look.ending()).isInstanceOf(Look.Ending.Stop.class);
    assertThat(look.ending().toString())
        .contains("invalid_client", OTHER.url() + "/token")
        .doesNotContain(FORMS);
    assertThat(API.requests()).isEmpty();
    OTHER.serves(request -> Said.status(503).with("Retry-After", "7200"));
    assertThat(look(API.definition(client(OTHER), Map.of())).ending())
        .isInstanceOf(Look.Ending.Later.class);
  }
}
