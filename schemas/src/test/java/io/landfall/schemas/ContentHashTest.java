package io.landfall.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.nhl.PlayerGameStats;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  private static final Schema SCHEMA =
      SchemaBuilder.record("Row")
          .fields()
          .requiredString("playerId")
          .optionalInt("goals")
          .optionalDouble("icetime")
          .requiredString("_coverage")
          .requiredInt("_revision")
          .endRecord();

  private static GenericRecord row() {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("playerId", "8478402");
    row.put("goals", 2);
    row.put("_coverage", "plays");
    row.put("_revision", 1);
    return row;
  }

  @Test
  void itIsWhatItsDocumentationSays() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    tag(out, "_coverage");
    text(out, "plays");
    tag(out, "goals");
    out.writeInt(2);
    tag(out, "playerId");
    text(out, "8478402");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    assertThat(new ContentHash(SCHEMA).of(row()))
        .isEqualTo(HexFormat.of().formatHex(Arrays.copyOf(digest, 16)));
  }

  @Test
  void truthAndDecimalsAreWhatTheDocumentationSays() throws Exception {
    Schema schema =
        SchemaBuilder.record("Row")
            .fields()
            .requiredBoolean("felt")
            .name("price")
            .type(LogicalTypes.decimal(10, 2).addToSchema(Schema.create(Schema.Type.BYTES)))
            .noDefault()
            .endRecord();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    tag(out, "felt");
    out.write(1);
    tag(out, "price");
    out.writeInt(2);
    out.write(new byte[] {(byte) 0xFE, (byte) 0xD4});
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    GenericRecord row = new GenericData.Record(schema);
    row.put("felt", true);
    for (Object price :
        List.of(
            ByteBuffer.wrap(new byte[] {(byte) 0xFE, (byte) 0xD4}),
            ByteBuffer.wrap(new byte[] {-1, -1, (byte) 0xFE, (byte) 0xD4}),
            new BigDecimal("-3.00"))) {
      row.put("price", price);
      assertThat(new ContentHash(schema).of(row))
          .as("price %s", price)
          .isEqualTo(HexFormat.of().formatHex(Arrays.copyOf(digest, 16)));
    }
  }

  private static void tag(DataOutputStream out, String name) throws Exception {
    out.write(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)), 0, 4);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.getBytes(UTF_8).length);
    out.write(text.getBytes(UTF_8));
  }

  @Test
  void theRevisionIsNotContent() {
    ContentHash hash = new ContentHash(SCHEMA);
    GenericRecord later = row();
    later.put("_revision", 2);
    assertThat(hash.of(later)).isEqualTo(hash.of(row()));
  }

  @Test
  void zeroIsNotNull() {
    ContentHash hash = new ContentHash(SCHEMA);
    GenericRecord zero = row();
    zero.put("goals", 0);
    GenericRecord unknown = row();
    unknown.put("goals", null);
    assertThat(hash.of(zero)).isNotEqualTo(hash.of(unknown));
  }

  @Test
  void aNewOptionalColumnLeavesOldHashesAlone() {
    Schema wider =
        SchemaBuilder.record("Row")
            .fields()
            .optionalString("arena")
            .requiredString("playerId")
            .optionalInt("goals")
            .requiredString("_coverage")
            .endRecord();
    GenericRecord same = new GenericData.Record(wider);
    same.put("playerId", "8478402");
    same.put("goals", 2);
    same.put("_coverage", "plays");
    assertThat(new ContentHash(wider).of(same)).isEqualTo(new ContentHash(SCHEMA).of(row()));
  }

  @Test
  void everyColumnOfTheRealSchemaHasATagOfItsOwn() {
    assertThat(new ContentHash(PlayerGameStats.getClassSchema())).isNotNull();
  }

  @Property
  void theSumKnowsNoOrder(@ForAll @Size(max = 20) List<byte[]> hashes) {
    List<String> digits =
        hashes.stream().map(bytes -> HexFormat.of().formatHex(Arrays.copyOf(bytes, 16))).toList();
    List<String> reversed = new java.util.ArrayList<>(digits);
    Collections.reverse(reversed);
    assertThat(ContentHash.sum(reversed)).isEqualTo(ContentHash.sum(digits)).hasSize(32);
  }
}
