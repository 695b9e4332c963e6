package io.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0 games", "1|1 game", "2|2 games", "1308|1,308 games"})
  void aNumberAndItsNounFit(long number, String text) {
    assertThat(Count.of(number, "game")).isEqualTo(text);
  }
}
