package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classes at their corners and edges, which belong to them, and one foot or less beyond. */
class DangerTest {

  @ParameterizedTest
  @CsvSource({
    // The inner slot, 9 feet to either side.
    "HIGH, 80, 0",
    "HIGH, 69, 9",
    "MEDIUM, 69, 9.5",
    "MEDIUM, 68.5, 9",
    "HIGH, 82, 9",
    // Near the goal line the plate is narrower than the slot.
    "HIGH, 89, 3",
    "LOW, 89, 4",
    "LOW, 89, 9",
    "HIGH, 84, 7.5",
    "LOW, 84, 8",
    // Behind the goal line.
    "LOW, 89.5, 0",
    // The plate's slanted edge: 3 feet at the goal line, 22 at the dots.
    "MEDIUM, 79, 12.5",
    "LOW, 79, 13",
    "MEDIUM, 69, 22",
    "LOW, 69.5, 22",
    // Straight up to the top of the circles.
    "MEDIUM, 60, 22",
    "LOW, 60, 22.5",
    "MEDIUM, 54, 0",
    "LOW, 53.5, 0",
    "LOW, 0, 0",
    "LOW, -89, 0"
  })
  void placesHaveTheirClassOnEitherSide(Danger danger, double x, double y) {
    assertThat(Danger.of(x, y)).isEqualTo(danger);
    assertThat(Danger.of(x, -y)).isEqualTo(danger);
  }
}
