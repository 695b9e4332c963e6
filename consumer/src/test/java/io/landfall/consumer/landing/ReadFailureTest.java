package io.landfall.consumer.landing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.kafka010.KafkaExceptions;
import org.junit.jupiter.api.Test;

/** The exceptions are those that Spark's Kafka source itself makes. */
class ReadFailureTest {

  private static final TopicPartition PARTITION = new TopicPartition("weather.readings.v1", 1);

  @Test
  void lostOffsetsAreGone() {
    assertThat(
            ReadFailure.behind(
                KafkaExceptions.couldNotReadOffsetRange(5, 9, PARTITION, "group-1", null)))
        .contains(
            new ReadFailure.Gone(
                "Could not read records in offset [5, 9) for topic partition weather.readings.v1-1"));
    assertThat(ReadFailure.behind(KafkaExceptions.startOffsetReset(PARTITION, 5, 9)))
        .contains(
            new ReadFailure.Gone(
                "Starting offset for weather.readings.v1-1 was 5 but consumer reset to 9."));
    assertThat(ReadFailure.behind(KafkaExceptions.partitionOffsetChanged(PARTITION, 9, 5)))
        .containsInstanceOf(ReadFailure.Gone.class);
  }

  @Test
  void recordWithAnImpossibleTimestampIsNamed() {
    assertThat(
            ReadFailure.behind(
                KafkaExceptions.kafkaMalformedRecordTimestamp(
                    PARTITION.topic(), 1, 42, Long.MAX_VALUE, null)))
        .contains(
            new ReadFailure.Unusable(
                1,
                42,
                "its Kafka timestamp is 9223372036854775807 ms since 1970, which no column can hold"));
  }

  @Test
  void brokerThatIsAwayIsFoundBehindWhateverWrapsIt() {
    assertThat(
            ReadFailure.behind(
                new SparkException(
                    "Job aborted", new IllegalStateException(new TimeoutException()))))
        .containsInstanceOf(ReadFailure.Unanswered.class);
    assertThat(
            ReadFailure.behind(
                new SparkException(
                    "Job aborted", KafkaExceptions.startOffsetReset(PARTITION, 5, 9))))
        .containsInstanceOf(ReadFailure.Gone.class);
  }

  @Test
  void anyOtherFaultIsNotTakenForExpiredOffsets() {
    assertThat(ReadFailure.behind(new IllegalStateException("This consumer is closed."))).isEmpty();
    assertThat(ReadFailure.behind(KafkaExceptions.nullTopicInData())).isEmpty();
    assertThat(
            ReadFailure.behind(
                KafkaExceptions.resolvedStartOffsetGreaterThanEndOffset(9, 5, PARTITION)))
        .isEmpty();
  }
}
