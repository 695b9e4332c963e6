package io.landfall.producer.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.landfall.cli.Masked;
import io.landfall.cli.Reason;
import io.landfall.cli.Version;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Asks one host, politely. Safe for use by several threads. */
public final class HttpApi {

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  /** The most bytes of one body, after decompression; the largest answers seen are under 0.5 MB. */
  static final int LARGEST_BODY = 8 * 1024 * 1024;

  /** The reports are HTML, and a server may refuse who does not say that he takes it. */
  private static final String ACCEPT = "application/json, text/html;q=0.9, */*;q=0.5";

  /** A small budget is waited for, and only an interrupt ends that. */
  private static final Duration HOWEVER_LONG = Duration.ofDays(36_500);

  private final HttpClient client;
  private final RequestPolicy politeness;
  private final Reachability reachability;
  private final Optional<RateLimiter> budget;
  private final CircuitBreaker breaker;
  private final IntervalFunction pauses;
  private final Clock clock;
  private final RequestMeters meters;
  private final AtomicLong requests = new AtomicLong();

  /**
   * Asks with the manners given.
   *
   * @param name of the host, for messages
   * @param reachability of the API that this is a host of
   */
  public HttpApi(
      String name,
      HttpClient client,
      RequestPolicy politeness,
      Reachability reachability,
      Clock clock) {
    this(name, client, politeness, reachability, clock, RequestMeters.NONE);
  }

  HttpApi(
      String name,
      HttpClient client,
      RequestPolicy politeness,
      Reachability reachability,
      Clock clock,
      RequestMeters meters) {
    this.meters = meters;
    this.client = client;
    this.politeness = politeness;
    this.reachability = reachability;
    this.clock = clock;
    this.budget = politeness.requestsPerSecond().map(rate -> RateLimiter.of(name, limit(rate)));
    this.breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(40)
                .minimumNumberOfCalls(20)
                .failureRateThreshold(90)
                .waitDurationInOpenState(Duration.ofSeconds(30))
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event ->
                LOG.atWarn()
                    .addKeyValue("host", name)
                    .addKeyValue("state", event.getStateTransition().getToState())
                    .log("Circuit breaker"));
    this.pauses =
        IntervalFunction.ofExponentialRandomBackoff(
            politeness.firstPause(), 2.0, 0.5, politeness.longestPause());
  }

  private static RateLimiterConfig limit(double perSecond) {
    return RateLimiterConfig.custom()
        .limitForPeriod(1)
        .limitRefreshPeriod(Duration.ofNanos((long) (1e9 / perSecond)))
        .timeoutDuration(HOWEVER_LONG)
        .build();
  }

  /** Requests sent so far, retries included. */
  public long requests() {
    return requests.get();
  }

  /** Asks for a URL until there is an answer, no try is left, or nothing answers any more. */
  public Answer get(URI url) throws InterruptedException {
    Reply reply = ask(Request.plain(url));
    if (reply instanceof Reply.Came came) {
      return came.status() == 200
          ? new Answer.Body(
              url,
              came.headers().firstValue("Content-Type").orElse(""),
              came.body(),
              came.receivedAt())
          : new Answer.Refused("GET %s: status %d".formatted(url, came.status()));
    }
    if (reply instanceof Reply.Failed failed) {
      return new Answer.Failed(failed.reason(), failed.until(), !failed.beyondLimit());
    }
    return reply instanceof Reply.Astray astray
        ? new Answer.Refused(astray.reason())
        : new Answer.NotAsked(((Reply.NotAsked) reply).reason());
  }

  /** The same for any request: what its status means is for the caller to say. */
  public Reply ask(Request request) throws InterruptedException {
    Reply last = once(request);
    for (int attempt = 1; attempt < politeness.tries() && isWorthAnotherTry(last); attempt++) {
      long pause = Math.max(pauseAskedFor(last).toMillis(), pauses.apply(attempt));
      warn(last).addKeyValue("attempt", attempt).addKeyValue("pauseMs", pause).log("Asking again");
      meters.waited(Duration.ofMillis(pause));
      Thread.sleep(pause);
      Reply next = once(request);
      // What was asked for and failed has failed, even if it cannot be asked for again.
      last = next instanceof Reply.NotAsked && last instanceof Reply.Failed ? last : next;
    }
    if (last instanceof Reply.Failed) {
      warn(last).log("No answer");
    }
    return last;
  }

  /** The reason has the URL, without its secrets. */
  private static LoggingEventBuilder warn(Reply reply) {
    String reason = reply instanceof Reply.Failed failed ? failed.reason() : String.valueOf(reply);
    return LOG.atWarn().addKeyValue("reason", reason);
  }

  private boolean isWorthAnotherTry(Reply reply) {
    boolean mayPass =
        reply instanceof Reply.Failed failed
            ? !failed.beyondLimit()
            : reply instanceof Reply.NotAsked;
    return mayPass
        && reachability.lost().isEmpty()
        && pauseAskedFor(reply).compareTo(politeness.longestPause()) <= 0;
  }

  private Duration pauseAskedFor(Reply reply) {
    return reply instanceof Reply.Failed failed
        ? failed
            .until()
            .map(until -> Duration.between(clock.instant(), until))
            .orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  private void waitForBudget() throws InterruptedException {
    if (budget.isPresent()) {
      long asked = System.nanoTime();
      if (!budget.get().acquirePermission()) {
        throw new InterruptedException("Interrupted while waiting for the request budget");
      }
      meters.waited(Duration.ofNanos(System.nanoTime() - asked));
    }
  }

  private Reply once(Request request) throws InterruptedException {
    waitForBudget();
    Optional<String> lost = reachability.lost();
    if (lost.isPresent()) {
      return new Reply.NotAsked("%s: not asked, because %s".formatted(request, lost.get()));
    }
    if (!breaker.tryAcquirePermission()) {
      return new Reply.NotAsked(
          "%s: not asked, because nearly all of the last requests to this host failed"
              .formatted(request));
    }
    long start = System.nanoTime();
    AtomicBoolean answered = new AtomicBoolean();
    try {
      Reply reply = followed(request, answered);
      long nanos = System.nanoTime() - start;
      if (reply instanceof Reply.Failed failed) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, new IOException(failed.reason()));
      } else {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
      }
      return reply;
    } catch (IOException | TimeoutException e) {
      breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
      String reason = Masked.text("%s: %s".formatted(request, describe(e)));
      if (!answered.get()) {
        reachability.unanswered(reason);
      }
      return new Reply.Failed(reason, Optional.empty(), e instanceof BeyondLimit);
    }
  }

  /** What there is at a URL, or at where that leads; all of it within one time limit. */
  private Reply followed(Request request, AtomicBoolean answered)
      throws IOException, TimeoutException, InterruptedException {
    Redirects redirects = new Redirects(request.url(), request.credentials()::bare);
    Duration left = politeness.timeout();
    while (true) {
      long began = System.nanoTime();
      Instant sentAt = clock.instant();
      HttpResponse<byte[]> response = send(request, redirects.target(), left, answered);
      if (!Redirects.isOne(response.statusCode()) || request.form().isPresent()) {
        return reply(request, redirects.target(), sentAt, response);
      }
      Optional<String> refused = redirects.follow(response.headers().allValues("Location"));
      if (refused.isPresent()) {
        return new Reply.Astray(
            "%s: status %d: %s".formatted(request, response.statusCode(), refused.get()));
      }
      left = left.minusNanos(System.nanoTime() - began);
      if (left.toMillis() <= 0) {
        throw new TimeoutException();
      }
      // Waiting for one's turn is no part of the time that an answer takes.
      waitForBudget();
    }
  }

  private String describe(Exception failure) {
    if (failure instanceof TimeoutException || failure instanceof HttpTimeoutException) {
      return "no whole answer within %d s".formatted(politeness.timeout().toSeconds());
    }
    if (failure instanceof ConnectException) {
      return failure.getCause() instanceof UnresolvedAddressException
          ? "no such host"
          : "no connection";
    }
    return Reason.of(failure);
  }

  /**
   * Sends a request.
   *
   * @param url where it goes now, without credentials
   * @param within the time that is left, to the last byte
   * @param answered becomes true when the head of an answer comes, whatever becomes of its body
   */
  private HttpResponse<byte[]> send(Request asked, URI url, Duration within, AtomicBoolean answered)
      throws IOException, TimeoutException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(asked.credentials().url(url))
            .timeout(within)
            .setHeader("Accept", ACCEPT)
            .setHeader("User-Agent", "landfall/" + Version.current());
    if (politeness.compressed()) {
      request.setHeader("Accept-Encoding", "gzip");
    }
    asked
        .form()
        .ifPresent(
            fields ->
                request
                    .setHeader("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(fields)));
    asked.headers().forEach(request::setHeader);
    asked.credentials().headers(url).forEach(request::setHeader);
    requests.incrementAndGet();
    long sent = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(
            request.build(),
            info -> {
              answered.set(true);
              reachability.answered();
              return new LimitedBody(LARGEST_BODY, length(info.headers()));
            });
    try {
      // The request's own timeout ends with the headers; this one counts the body too.
      HttpResponse<byte[]> answer = response.get(within.toMillis(), TimeUnit.MILLISECONDS);
      meters.answered(answer.statusCode(), System.nanoTime() - sent);
      return answer;
    } catch (TimeoutException | InterruptedException e) {
      meters.failed(e, System.nanoTime() - sent);
      throw e;
    } catch (ExecutionException e) {
      meters.failed(e.getCause() == null ? e : e.getCause(), System.nanoTime() - sent);
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private static OptionalLong length(HttpHeaders headers) {
    return headers
        .firstValue("Content-Length")
        .filter(length -> length.matches("\\d{1,18}"))
        .map(length -> OptionalLong.of(Long.parseLong(length)))
        .orElse(OptionalLong.empty());
  }

  private Reply reply(Request request, URI url, Instant sentAt, HttpResponse<byte[]> response)
      throws IOException {
    int status = response.statusCode();
    HttpHeaders headers = response.headers();
    Instant now = clock.instant();
    if (request.passing().passes(status, headers)) {
      return new Reply.Failed(
          "%s: status %d".formatted(request, status),
          Stream.concat(
                  request.passing().until(headers).stream(),
                  headers.allValues("Retry-After").stream()
                      .flatMap(header -> RetryAfter.of(header, now).stream()))
              .max(Comparator.naturalOrder()),
          false);
    }
    return new Reply.Came(url, status, headers, body(status, response), sentAt, clock.instant());
  }

  /** What is no success is read by hardly anybody: it may be coded in whatever way. */
  private static byte[] body(int status, HttpResponse<byte[]> response) throws IOException {
    try {
      return ContentCoding.undone(
          response.headers().allValues("Content-Encoding"),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body(),
          LARGEST_BODY);
    } catch (IOException e) {
      if (status / 100 == 2) {
        throw e;
      }
      return response.body();
    }
  }
}
