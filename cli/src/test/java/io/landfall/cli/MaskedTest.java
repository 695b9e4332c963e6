package io.landfall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://user:pass@host/v1 http://***@host/v1",
        "https://token@host https://***@host",
        "http://u:p/w@host/x http://***@host/x",
        "s3a://AK:SK@bucket/t s3a://***@bucket/t",
        "user:pass@host:9092 ***@host:9092",
        "http://h/x?apikey=abc http://h/x?apikey=***",
        "http://h/x?a=1&api_key=abc&b=2 http://h/x?a=1&api_key=***&b=2",
        "http://h/x?X-Amz-Signature=abc http://h/x?X-Amz-Signature=***",
        "http://h/x?access_token=a.b-c http://h/x?access_token=***",
        "http://h/x?authToken=abc http://h/x?authToken=***",
        "http://h/x?appid=abc http://h/x?appid=***",
        "http://h/x#id_token=abc http://h/x#id_token=***",
        "http://h/x?PASSWORD=abc http://h/x?PASSWORD=***"
      })
  void credentialsOfAUrlGo(String url, String masked) {
    assertThat(Masked.urls("GET %s: status 500".formatted(url)))
        .isEqualTo("GET %s: status 500".formatted(masked));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/shiftcharts?cayenneExp=gameId=2024020001",
        "http://h/schedule?season=20242025&team=NJD",
        "2024020001  2024-10-04  NJD@BOS  failed, attempt 2",
        "kafka.linger.ms=5",
        "a@b"
      })
  void whatSaysWhereAnAnswerCameFromStays(String text) {
    assertThat(Masked.urls(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:hunter2@h/v1",
        "https://hunter2@h",
        "http://u:hun/ter2@h",
        "http://u:hun ter2@h",
        "http://h/v1?x=hunter2",
        "http://h/v1?apikey=hunter2",
        "http://h/v1#hunter2",
        "user:hunter2@h/v1"
      })
  void anAddressWithCredentialsIsRefusedAndNotRepeated(String url) {
    for (String key : List.of("web-api-url", "stats-api-url", "reports-url")) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintStream stream = new PrintStream(said, true, UTF_8);
      assertThat(
              ConfigProgram.of(List.of(), Set.of(), List.of())
                  .run(Map.of(), stream, stream, "show", "--" + key, url))
          .isEqualTo(ExitCode.USAGE);
      assertThat(said.toString(UTF_8)).contains("--" + key).doesNotContain("ter2");
    }
  }

  /** What an API writes may be of any length. */
  @Test
  void aLongTextIsMaskedToo() {
    String much = "x".repeat(200_000);
    assertThat(Masked.urls("http://h/?id=" + much + "&token=" + much + ", and so on"))
        .isEqualTo("http://h/?id=" + much + "&token=***, and so on");
    assertThat(Masked.urls("?token=" + "%2".repeat(50_000) + "%26a=b"))
        .isEqualTo("?token=***%26a=b");
    assertThat(Masked.urls("http://u:" + much + "@h/")).isEqualTo("http://***@h/");
    assertThat(Masked.wrong("jdbc://u:" + much + "@h/?" + much)).doesNotContain("xx");
  }

  @Test
  void aLongSecretBehindItsNameIsMaskedToo() {
    String much = "x".repeat(200_000);
    assertThat(Masked.text("password=\"" + much + "\", and so on"))
        .isEqualTo("password=***, and so on");
    assertThat(Masked.text("password='" + "\\'".repeat(50_000) + "'")).isEqualTo("password=***");
  }

  /** Whoever cuts a long message cuts the end of a secret too. */
  @Test
  void aSecretWhoseEndWasCutOffIsMasked() {
    assertThat(Masked.text("username=\"u\" password=\"hunter2 and"))
        .isEqualTo("username=\"u\" password=***");
    assertThat(Masked.text("password=\"")).isEqualTo("password=***");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "//", ";a:", "-", "passw", "?", "a=", "@", "x:", "//a@"})
  void noTextTakesLong(String piece) {
    String text = piece.repeat(100_000 / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          String unused =
              Masked.text(text + " @") + Masked.text(text + "@") + Masked.text("@" + text);
        });
  }
}
