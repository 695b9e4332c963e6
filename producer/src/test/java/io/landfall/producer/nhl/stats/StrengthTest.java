package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrengthTest {

  /** Code, then as the visitors and as the home team see it. */
  @ParameterizedTest
  @CsvSource({
    "1551, FIVE_ON_FIVE, FIVE_ON_FIVE",
    "1451, FOUR_ON_FIVE, FIVE_ON_FOUR",
    "1541, FIVE_ON_FOUR, FOUR_ON_FIVE",
    "1441, OTHER, OTHER",
    "1331, OTHER, OTHER",
    "1351, OTHER, OTHER",
    "1531, OTHER, OTHER",
    "0651, OTHER, OTHER",
    "1560, OTHER, OTHER",
    "0551, OTHER, OTHER",
    "1550, OTHER, OTHER",
    "0541, OTHER, OTHER",
    "1450, OTHER, OTHER",
    "1010, OTHER, OTHER"
  })
  void bothGoaliesAndExactlySoManySkatersMakeASituation(
      String code, Situation away, Situation home) {
    Strength strength = Objects.requireNonNull(Strength.ofCode(code));
    assertThat(strength.situation(Side.AWAY)).isEqualTo(away);
    assertThat(strength.situation(Side.HOME)).isEqualTo(home);
    assertThat(away.opposite()).isEqualTo(home);
    assertThat(home.opposite()).isEqualTo(away);
  }

  @ParameterizedTest
  @CsvSource({
    "1010, true",
    "0101, true",
    "1001, false",
    "0110, false",
    "1011, false",
    "1110, false",
    "1551, false",
    "0000, false",
    "1020, false",
    "1000, false",
    "0010, false"
  })
  void aPenaltyShotIsOneSkaterAgainstOneGoalie(String code, boolean alone) {
    assertThat(Objects.requireNonNull(Strength.ofCode(code)).isPenaltyShot()).isEqualTo(alone);
  }

  @Test
  void eachDigitIsANumberOfItsOwn() {
    assertThat(Strength.ofCode("1650")).isEqualTo(new Strength(1, 6, 5, 0));
    assertThat(Strength.ofCode("0121")).isEqualTo(new Strength(0, 1, 2, 1));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "", "155", "15511", "15x1", "-551", "155 ", "15/1", "15:1", "2551", "1552", "1571", "1751"
      })
  void anythingElseIsNoCode(String code) {
    assertThat(Strength.ofCode(code)).isNull();
  }
}
