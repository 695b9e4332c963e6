package io.landfall.producer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2024-10-05T13:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120                            | PT2M",
        "'  120 '                       | PT2M",
        "000000000000000000120          | PT2M",
        "1.5                            | PT2S",
        "120.0                          | PT2M",
        "86400                          | PT24H",
        "Sat, 05 Oct 2024 13:30:00 GMT  | PT30M",
        "sat, 05 oct 2024 13:30:00 gmt  | PT30M",
        "Sat,  5 Oct 2024 13:30:00 UTC  | PT30M",
        "Sat, 05 Oct 2024 13:30:00 +0000| PT30M",
        "Mon, 05 Oct 2024 13:30:00 GMT  | PT30M",
        "05 Oct 2024 13:30:00 GMT       | PT30M",
        "Saturday, 05-Oct-24 13:30:00 GMT | PT30M",
        "Saturday, 05-Oct-2024 13:30:00 GMT | PT30M",
        "Sat Oct  5 13:30:00 2024       | PT30M",
        "Sat Oct 5 13:30:00 2024        | PT30M",
      })
  void bothFormsAreRead(String header, Duration pause) {
    assertThat(RetryAfter.of(header, NOW)).contains(NOW.plus(pause));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "86401",
        "999999999",
        "99999999999",
        "9223372036854775807",
        "9223372036854775808",
        "1000000000000000000000000000000",
        "Wed, 21 Oct 2099 07:28:00 GMT",
        "Wednesday, 21-Oct-2099 07:28:00 GMT",
        "Monday, 21-Oct-30 07:28:00 GMT",
        "Wed Oct 21 07:28:00 2099",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec +999999999 23:59:59 GMT"
      })
  void aWishIsGrantedUpToADay(String header) {
    assertThat(RetryAfter.of(header, NOW)).contains(NOW.plus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "0",
        "0.0",
        "-1",
        "+5",
        "1e99",
        "1,5",
        "120, 240",
        "120 s",
        "0x10",
        "١٢",
        "NaN",
        "Infinity",
        "soon",
        "null",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Thursday, 21-Oct-99 07:28:00 GMT",
        "Sat, 05 Oct 2024 25:00:00 GMT",
        "Sat, 99 Foo 2024 13:30:00 GMT",
        "Sat, 05 Oct 20240 13:30:00 GMT",
        "2024-10-05T13:30:00Z",
        "-, -, GMT"
      })
  void whatCannotBeReadOrIsPastIsNoWish(String header) {
    assertThat(RetryAfter.of(header, NOW)).isEmpty();
  }

  @Test
  void aYearOfTwoDigitsIsTheNearestOne() {
    Instant nearTheEnd = Instant.parse("2099-12-31T23:59:00Z");
    assertThat(RetryAfter.of("Friday, 01-Jan-00 00:00:00 GMT", nearTheEnd))
        .contains(Instant.parse("2100-01-01T00:00:00Z"));
  }
}
