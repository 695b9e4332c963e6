package io.landfall.consumer.landing;

import io.landfall.cli.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.spark.SparkThrowable;

/**
 * What Spark's Kafka source says when it cannot go on, as far as a user can act on it. The source
 * throws the same class, {@link IllegalStateException}, for lost offsets, for a record that it
 * cannot convert and for faults of its own; only its condition tells them apart.
 */
public sealed interface ReadFailure {

  /** Offsets that the broker no longer has, or never had; {@code what} in Spark's words. */
  record Gone(String what) implements ReadFailure {}

  /** A record that Spark cannot make a row of. */
  record Unusable(int partition, long offset, String why) implements ReadFailure {}

  /** The broker refuses to let this user read. */
  record Forbidden(String what, Throwable refused) implements ReadFailure {}

  /** The broker did not answer. */
  record Unanswered(String what) implements ReadFailure {}

  /** The failure behind an exception; empty if it is none of these, and so somebody's fault. */
  static Optional<ReadFailure> behind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable said && said.getCondition() != null) {
        if (said.getCondition().startsWith("KAFKA_DATA_LOSS")) {
          return Optional.of(new Gone(reason(String.valueOf(cause.getMessage()))));
        }
        if (said.getCondition().equals("KAFKA_MALFORMED_RECORD_TIMESTAMP")) {
          return Optional.of(timestamp(said.getMessageParameters()));
        }
      }
      if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
        return Optional.of(new Forbidden(Reason.of(cause), cause));
      }
      if (cause instanceof KafkaException || isOfTheSource(cause)) {
        return Optional.of(new Unanswered(cause.toString()));
      }
    }
    return Optional.empty();
  }

  /** Spark has time-outs of its own, which are not Kafka's. */
  private static boolean isOfTheSource(Throwable cause) {
    return cause instanceof TimeoutException
        && Arrays.stream(cause.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith("org.apache.spark.sql.kafka010."));
  }

  private static Unusable timestamp(Map<String, String> parameters) {
    return new Unusable(
        Integer.parseInt(parameters.getOrDefault("partition", "-1")),
        Long.parseLong(parameters.getOrDefault("offset", "-1")),
        "its Kafka timestamp is %s ms since 1970, which no column can hold"
            .formatted(parameters.get("timestamp")));
  }

  /** Without Spark's advice to look away ({@code failOnDataLoss=false}) and its consumer's name. */
  private static String reason(String message) {
    String after = message.substring(Math.max(0, message.lastIndexOf("Reason:")));
    int group = after.indexOf("with consumer group");
    return after
        .substring(0, group < 0 ? after.length() : group)
        .replace("Reason:", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
