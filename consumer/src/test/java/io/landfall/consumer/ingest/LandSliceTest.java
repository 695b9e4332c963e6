package io.landfall.consumer.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.consumer.testing.Readings;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.kafka010.KafkaExceptions;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandSliceTest {

  private static final TopicPartition PARTITION = new TopicPartition("weather.readings.v1", 1);

  @TempDir Path table;

  @Test
  void lostOffsetsAreAResult() throws Exception {
    assertThat(landing(KafkaExceptions.startOffsetReset(PARTITION, 5, 9)))
        .isInstanceOf(SliceResult.Gone.class);
  }

  @Test
  void recordThatSparkCannotConvertIsToldWithItsOffset() throws Exception {
    assertThat(
            landing(
                KafkaExceptions.kafkaMalformedRecordTimestamp(
                    PARTITION.topic(), 1, 42, Long.MAX_VALUE, null)))
        .isInstanceOfSatisfying(
            SliceResult.Undecodable.class, bad -> assertThat(bad.offset()).isEqualTo(42));
  }

  @Test
  void faultOfTheReaderStaysWhatItIs() {
    IllegalStateException fault = new IllegalStateException("This consumer is closed.");

    assertThatThrownBy(() -> landing(fault)).isSameAs(fault);
  }

  private SliceResult landing(RuntimeException thrown) throws Exception {
    Iterator<InternalRow> records =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw thrown;
          }

          @Override
          public InternalRow next() {
            throw thrown;
          }
        };
    return new LandSlice(
            table.toString(),
            Readings.layout(Readings.FIRST),
            new SerializableConfiguration(new Configuration()))
        .call(records)
        .next();
  }
}
