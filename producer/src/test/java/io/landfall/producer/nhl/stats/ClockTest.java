package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTest {

  @ParameterizedTest
  @CsvSource({"00:00, 0", "00:59, 59", "20:00, 1200", "7:05, 425", "102:30, 6150", "09:09, 549"})
  void minutesAndSeconds(String text, int seconds) {
    assertThat(Clock.seconds(text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "", ":30", "30", "1234:00", "00:60", "00:99", "-1:00", "0/:00", "1:0:", "ab:cd", "00:0a",
        "00.00", "00:000", "٠٠:٠٠", "0::00"
      })
  void anythingElseIsUnreadable(String text) {
    assertThat(Clock.seconds(text)).isEqualTo(Clock.UNREADABLE);
  }
}
