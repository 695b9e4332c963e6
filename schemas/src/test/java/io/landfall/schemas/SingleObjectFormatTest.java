package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.schemas.SingleObjectFormat.Undecodable;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class SingleObjectFormatTest {

  private static final SingleObjectFormat<Manifest> FORMAT = SingleObjectFormat.of(Manifest.class);

  private static Manifest manifest() {
    return new Manifest(
        "rows",
        "7",
        1,
        180,
        0,
        180,
        "0".repeat(32),
        "plays",
        "1",
        Instant.parse("2024-10-10T14:00:00Z"),
        RevisionCause.FETCHED,
        0);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Undecodable {
    assertThat(FORMAT.decode(FORMAT.encode(manifest()))).isEqualTo(manifest());
  }

  @Test
  void theHeaderNamesTheWritersSchema() {
    assertThat(SingleObjectFormat.fingerprint(FORMAT.encode(manifest())))
        .hasValue(SchemaNormalization.parsingFingerprint64(Manifest.getClassSchema()));
  }

  @Test
  void anUnknownSchemaIsTold() {
    byte[] bytes = FORMAT.encode(manifest());
    bytes[4] ^= 1;
    assertThatThrownBy(() -> FORMAT.decode(bytes))
        .isInstanceOf(Undecodable.class)
        .hasMessageContaining(
            "none of the %d known versions of Manifest"
                .formatted(SchemaHistory.of("Manifest").versions().size()));
  }

  @Test
  void aTruncatedRecordIsTold() {
    byte[] bytes = FORMAT.encode(manifest());
    assertThatThrownBy(() -> FORMAT.decode(Arrays.copyOf(bytes, bytes.length - 5)))
        .isInstanceOf(Undecodable.class)
        .hasMessageContaining("not a whole Manifest");
  }

  @Property
  void noBytesMakeItCrash(@ForAll byte[] tail) {
    byte[] header = Arrays.copyOf(FORMAT.encode(manifest()), 10);
    byte[] bytes = Arrays.copyOf(header, header.length + tail.length);
    System.arraycopy(tail, 0, bytes, header.length, tail.length);
    try {
      FORMAT.decode(bytes);
      FORMAT.decode(tail);
    } catch (Undecodable e) {
      assertThat(e).hasMessageContaining("bytes");
    }
  }
}
