package io.landfall.producer.http;

import io.landfall.cli.metrics.Metric;
import io.landfall.cli.metrics.Metrics;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * What becomes of the requests to one API.
 *
 * @param source that it is the API of
 */
public record RequestMeters(Metrics metrics, String source) {

  /** For nobody. */
  static final RequestMeters NONE = new RequestMeters(Metrics.OFF, "");

  /** An answer came, of whatever kind, or its head did. */
  void answered(int status, long nanos) {
    ended(Integer.toString(status), nanos);
  }

  /** None came. */
  void failed(Throwable failure, long nanos) {
    ended(word(failure), nanos);
  }

  private static String word(Throwable failure) {
    if (failure instanceof InterruptedException) {
      return "interrupted";
    }
    if (failure instanceof TimeoutException || failure instanceof HttpTimeoutException) {
      return "timeout";
    }
    return failure instanceof ConnectException ? "no-connection" : "io-error";
  }

  private void ended(String status, long nanos) {
    metrics.add(Metric.REQUESTS, 1, source, status);
    metrics.observe(Metric.REQUEST_SECONDS, Duration.ofNanos(nanos), source);
  }

  /** A request was held back. */
  void waited(Duration time) {
    metrics.add(Metric.THROTTLE_SECONDS, time.toNanos() / 1e9, source);
  }
}
