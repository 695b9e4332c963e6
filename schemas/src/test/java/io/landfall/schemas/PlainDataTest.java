package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;

/** What it saves is time only: each answer is the one of Avro's own model. */
class PlainDataTest {

  private static final Schema KIND = SchemaBuilder.enumeration("Kind").symbols("A", "B");

  private static final List<Schema> TYPES =
      List.of(
          Schema.create(Schema.Type.NULL),
          Schema.create(Schema.Type.BOOLEAN),
          Schema.create(Schema.Type.INT),
          Schema.create(Schema.Type.LONG),
          Schema.create(Schema.Type.FLOAT),
          Schema.create(Schema.Type.DOUBLE),
          Schema.create(Schema.Type.STRING),
          LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES)),
          KIND);

  private static final List<?> VALUES =
      Arrays.asList(
          null,
          true,
          1,
          1L,
          1f,
          1.0,
          "a",
          new Utf8("b"),
          ByteBuffer.wrap(new byte[] {1}),
          new GenericData.EnumSymbol(KIND, "A"),
          BigDecimal.ONE,
          new byte[] {1});

  @Provide
  static Arbitrary<List<Schema>> branches() {
    return Arbitraries.of(TYPES).list().uniqueElements().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  static Arbitrary<Integer> value() {
    return Arbitraries.integers().between(0, VALUES.size() - 1);
  }

  @Property
  void aValuesBranchIsTheOneThatAvroFinds(
      @ForAll("branches") List<Schema> branches, @ForAll("value") int value) {
    Assume.that(branches.size() > 1);
    Schema union = Schema.createUnion(branches);
    Object datum = VALUES.get(value);
    try {
      int found = GenericData.get().resolveUnion(union, datum);
      assertThat(new PlainData().resolveUnion(union, datum)).isEqualTo(found);
    } catch (AvroRuntimeException e) {
      assertThatThrownBy(() -> new PlainData().resolveUnion(union, datum)).hasSameClassAs(e);
    }
  }
}
