package io.landfall.producer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

  private static Optional<String> unlike(MediaType expected, String contentType, String body) {
    return new Answer.Body(
            URI.create("http://x/"), contentType, body.getBytes(UTF_8), Instant.EPOCH)
        .unlike(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON;Charset=utf-8",
        "  application/json ; charset=\"utf-8\" ",
        "application/json, application/json",
        "text/json",
        "application/problem+JSON",
        "json"
      })
  void jsonIsJsonHoweverItIsWritten(String contentType) {
    assertThat(unlike(MediaType.JSON, contentType, "{}")).isEmpty();
    assertThat(unlike(MediaType.HTML, contentType, "<html>")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "TEXT/HTML; charset=ISO-8859-1",
        "application/xhtml+xml",
        "text/html;"
      })
  void htmlIsHtmlHoweverItIsWritten(String contentType) {
    assertThat(unlike(MediaType.HTML, contentType, "<table>")).isEmpty();
    assertThat(unlike(MediaType.JSON, contentType, "{}"))
        .contains("Content-Type is \"%s\", not JSON".formatted(contentType));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ";charset=utf-8", "application/octet-stream", "Binary/Octet-Stream"})
  void whereNoHeaderSaysWhatItIsTheBodyDoes(String contentType) {
    assertThat(unlike(MediaType.JSON, contentType, "{\"plays\":[]}")).isEmpty();
    assertThat(unlike(MediaType.JSON, contentType, "\ufeff \r\n\t[1]")).isEmpty();
    assertThat(unlike(MediaType.JSON, contentType, "<html>")).isPresent();
    assertThat(unlike(MediaType.JSON, contentType, "")).isPresent();
    assertThat(unlike(MediaType.HTML, contentType, "\n<!DocType HTML>\n<html>")).isEmpty();
    assertThat(unlike(MediaType.HTML, contentType, "<HTML><head>")).isEmpty();
    assertThat(unlike(MediaType.HTML, contentType, "{}")).isPresent();
    assertThat(unlike(MediaType.HTML, contentType, "")).isPresent();
  }

  @Test
  void whatIsNotExpectedIsTold() {
    assertThat(unlike(MediaType.JSON, "", "oops"))
        .contains("there is no Content-Type, and the body does not begin like JSON");
    assertThat(unlike(MediaType.JSON, "text/plain; profile=json", "{}"))
        .contains("Content-Type is \"text/plain; profile=json\", not JSON");
  }
}
