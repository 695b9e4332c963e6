package io.landfall.producer.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatestTest {

  @Test
  void aLookIsGoodForAWhile() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (Latest latest =
        new Latest(
            () -> {
              looks.incrementAndGet();
              return Found.well().overview();
            },
            Duration.ofHours(1),
            Duration.ofSeconds(20))) {
      assertThat(latest.get().overview()).isPresent();
      assertThat(latest.get().overview()).isPresent();
      assertThat(looks).hasValue(1);
    }
  }

  @Test
  void nobodyWaitsLongForALookThatTakesLong() throws Exception {
    CountDownLatch kafka = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    try (Latest latest =
        new Latest(
            () -> {
              if (looks.incrementAndGet() > 1) {
                kafka.await();
              }
              return Found.well().overview();
            },
            Duration.ZERO,
            Duration.ofMillis(200))) {
      while (latest.get().overview().isEmpty()) {
        Thread.sleep(10);
      }
      Seen seen = latest.get();
      assertThat(seen.overview()).isPresent();
      // A minute later it would be.
      assertThat(seen.trouble()).isEmpty();
      latest.get();
      assertThat(looks).hasValue(2);
      kafka.countDown();
    }
  }

  @Test
  void whereNothingWasEverSeenThatIsSaid() throws Exception {
    CountDownLatch kafka = new CountDownLatch(1);
    try (Latest latest =
        new Latest(
            () -> {
              kafka.await();
              return Found.well().overview();
            },
            Duration.ZERO,
            Duration.ofMillis(10))) {
      assertThat(latest.get().overview()).isEmpty();
      assertThat(latest.get().trouble())
          .hasValueSatisfying(why -> assertThat(why).contains("not answered"));
      kafka.countDown();
    }
  }

  @Test
  void aFaultOfItsOwnIsShownAndTheNextLookGoesOn() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (Latest latest =
        new Latest(
            () -> {
              if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("odd");
              }
              return Found.well().overview();
            },
            Duration.ZERO,
            Duration.ofSeconds(20))) {
      assertThat(latest.get().trouble()).hasValueSatisfying(why -> assertThat(why).contains("odd"));
      assertThat(latest.get().trouble()).isEmpty();
    }
  }
}
