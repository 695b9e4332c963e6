package io.landfall.producer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {

  private static final int LIMIT = 100_000;
  private static final String TEXT = "{\"name\":\"Stützle\"}";
  private static final byte[] PLAIN = TEXT.getBytes(UTF_8);

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private static String undone(byte[] body, String... headers) throws IOException {
    return new String(
        ContentCoding.undone(List.of(headers), "application/json", body, LIMIT), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "GZip",
        "x-gzip",
        "X-GZIP",
        " gzip ",
        "gzip;q=1",
        "identity, gzip",
        "gzip, identity",
        "gzip,",
        ", ,gzip",
        "",
        "identity"
      })
  void gzipIsGzipHoweverItIsWritten(String header) throws IOException {
    assertThat(undone(zipped(PLAIN), header)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "identity", "Identity", "identity, IDENTITY", ","})
  void whatSaysNothingChangesNothing(String header) throws IOException {
    assertThat(undone(PLAIN, header)).isEqualTo(TEXT);
  }

  @Test
  void codingsAreUndoneFromTheLastToTheFirst() throws IOException {
    assertThat(undone(zipped(zipped(PLAIN)), "gzip, gzip")).isEqualTo(TEXT);
    assertThat(undone(zipped(zipped(PLAIN)), "gzip", "x-gzip")).isEqualTo(TEXT);
    assertThat(undone(PLAIN)).isEqualTo(TEXT);
  }

  @Test
  void gzipWithoutAHeaderIsKnownByItsFirstBytes() throws IOException {
    assertThat(undone(zipped(PLAIN))).isEqualTo(TEXT);
    assertThat(undone(zipped(zipped(PLAIN)), "gzip")).isEqualTo(TEXT);
    byte[] file = zipped(PLAIN);
    assertThat(ContentCoding.undone(List.of(), "application/gzip", file, LIMIT)).isEqualTo(file);
  }

  @Test
  void aHeaderThatLiesIsTheReason() {
    assertThatThrownBy(() -> undone(PLAIN, "gzip"))
        .hasMessage("Content-Encoding is \"gzip\", but the body is not gzip (19 bytes)");
    assertThatThrownBy(() -> undone(new byte[0], "GZIP"))
        .hasMessage("Content-Encoding is \"GZIP\", but the body is not gzip (0 bytes)");
    assertThatThrownBy(() -> undone(zipped(PLAIN), "gzip, gzip")).hasMessageContaining("not gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "zstd", "gzip, br", "br, gzip", "aws-chunked", "UTF-8"})
  void aCodingThatNobodyKnowsIsNamed(String header) {
    assertThatThrownBy(() -> undone(zipped(PLAIN), header))
        .hasMessage("unknown Content-Encoding \"%s\"".formatted(header));
  }

  @Test
  void gzipThatIsCutIsTold() throws IOException {
    byte[] whole = zipped(PLAIN);
    assertThatThrownBy(() -> undone(Arrays.copyOf(whole, whole.length - 10), "gzip"))
        .hasMessageStartingWith("the gzip body of %d bytes is cut".formatted(whole.length - 10));
    byte[] wrong = whole.clone();
    wrong[whole.length - 6]++;
    assertThatThrownBy(() -> undone(wrong)).hasMessageContaining("is cut or broken: ");
  }

  @Test
  void fewBytesThatBecomeManyAreNotUnpacked() throws IOException {
    byte[] bomb = zipped(new byte[1000 * LIMIT]);
    assertThat(bomb.length).isLessThanOrEqualTo(LIMIT);
    assertThatThrownBy(() -> undone(bomb, "gzip"))
        .hasMessage(
            "the body is larger than %d bytes when it is unpacked (%d bytes of gzip)"
                .formatted(LIMIT, bomb.length));
    assertThatThrownBy(() -> undone(zipped(bomb), "gzip, gzip")).hasMessageContaining("larger");
    assertThatThrownBy(() -> undone(bomb)).hasMessageContaining("larger than");
  }
}
