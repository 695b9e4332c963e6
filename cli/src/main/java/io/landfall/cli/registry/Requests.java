package io.landfall.cli.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.landfall.cli.LandfallException;
import io.landfall.cli.Printable;
import io.landfall.cli.Reason;
import io.landfall.cli.Version;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to a registry, each within a time limit, and tried again where that may help. The server
 * is the operator's own, and trusted as the broker is. Safe for use by several threads.
 */
final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final int TRIES = 4;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int LONGEST_REASON = 500;

  /** Request timeout, too early, too many requests: the only refusals that pass. */
  private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429);

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * How long is waited.
   *
   * @param answer for an answer, from request to last byte
   * @param pause before the second try; each further one is twice as long
   */
  record Patience(Duration answer, Duration pause) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofMillis(250));
  }

  /** What it said; without JSON where it said something else. */
  record Answer(int status, JsonNode json) {

    boolean isOk() {
      return status == 200;
    }

    /** Whether a registry says that it has not what was asked for, and not just some server. */
    boolean isNotThere() {
      return status == 404 && json.path("error_code").isInt();
    }

    /** For people. */
    String reason() {
      String message = Printable.line(json.path("message").asText(""));
      String start = message.substring(0, Math.min(message.length(), LONGEST_REASON));
      return start.isEmpty() ? "status " + status : "status %d: %s".formatted(status, start);
    }
  }

  private final RegistrySettings settings;
  private final Patience patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          .build();

  Requests(RegistrySettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
  }

  Answer get(String path) {
    return send("GET", path, Optional.empty());
  }

  Answer put(String path, JsonNode body) {
    return send("PUT", path, Optional.of(body.toString()));
  }

  Answer post(String path, JsonNode body) {
    return send("POST", path, Optional.of(body.toString()));
  }

  private Answer send(String method, String path, Optional<String> body) {
    try {
      return answer(method, path, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LandfallException.unavailable(
          "Stopped while the schema registry at %s was asked".formatted(settings.url()), e);
    }
  }

  private Answer answer(String method, String path, Optional<String> body)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      IOException failure;
      Duration asked = Duration.ZERO;
      try {
        HttpResponse<byte[]> response = once(method, path, body);
        Answer answer = new Answer(response.statusCode(), json(response.body()));
        if (answer.status() < 500 && !WORTH_ANOTHER_TRY.contains(answer.status())) {
          return answer;
        }
        failure = new IOException(answer.reason());
        asked = pauseAskedFor(response);
      } catch (IOException e) {
        failure = e;
      }
      String reason = "%s %s: %s".formatted(method, path, describe(failure));
      if (attempt == TRIES) {
        throw LandfallException.unavailable(
            "The schema registry at %s does not answer (%s). Nothing was written; once it is up, the same command goes on from there. Is schema-registry-url right?"
                .formatted(settings.url(), reason),
            failure);
      }
      Duration pause = pause(attempt, asked);
      LOG.atWarn()
          .addKeyValue("registry", settings.url())
          .addKeyValue("reason", reason)
          .addKeyValue("attempt", attempt)
          .addKeyValue("pauseMs", pause.toMillis())
          .log("Asking the schema registry again");
      Thread.sleep(pause.toMillis());
    }
  }

  private HttpResponse<byte[]> once(String method, String path, Optional<String> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.url() + path))
            .timeout(patience.answer())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .header("User-Agent", "landfall/" + Version.current())
            .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    if (body.isPresent()) {
      request.header("Content-Type", MEDIA_TYPE);
    }
    if (settings.user() != null) {
      String credentials = settings.user() + ":" + settings.password();
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request.build(), BodyHandlers.ofByteArray());
    try {
      // The request's own timeout ends with the headers; this one counts the body too.
      return response.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private static JsonNode json(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private String describe(IOException failure) {
    if (failure instanceof HttpTimeoutException) {
      return "no whole answer within %d ms".formatted(patience.answer().toMillis());
    }
    return failure instanceof ConnectException ? "no connection" : Reason.of(failure);
  }

  private static Duration pauseAskedFor(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(Duration.ZERO);
  }

  /** Twice as long each time, and by chance up to half as long again. */
  private Duration pause(int attempt, Duration asked) {
    long ours = patience.pause().toMillis() << (attempt - 1);
    long jittered = ours + ThreadLocalRandom.current().nextLong(1 + ours / 2);
    return Duration.ofMillis(
        Math.min(Math.max(jittered, asked.toMillis()), LONGEST_PAUSE.toMillis()));
  }
}
