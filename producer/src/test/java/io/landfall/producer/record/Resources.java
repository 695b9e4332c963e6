package io.landfall.producer.record;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.Condition;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.FieldDefinition.As;
import io.landfall.producer.definition.FieldDefinition.Kind;
import io.landfall.producer.definition.FieldDefinition.Origin;
import io.landfall.producer.definition.Paging;
import io.landfall.producer.definition.Reading;
import io.landfall.producer.definition.RecordForm;
import io.landfall.producer.definition.ResourceDefinition;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Resources for tests, and the schemas of their rows. */
public final class Resources {

  private static final Reading.Ask ASK =
      new Reading.Ask(
          "ask",
          Optional.empty(),
          "/things",
          Map.of(),
          new Paging.None(),
          Optional.empty(),
          List.of(),
          false,
          Optional.empty());

  private static final Reading.Absence RETRACT = new Reading.Absence(true, 100, 1000);

  private Resources() {}

  /** A resource {@code things} of windows, changes and the whole, with some key. */
  public static ResourceDefinition things(List<String> key, FieldDefinition... fields) {
    return new ResourceDefinition(
        "things",
        1,
        Optional.of(
            new Reading.Windows(
                Duration.ofDays(1),
                LocalDate.of(2025, 1, 1),
                ZoneOffset.UTC,
                List.of(),
                RETRACT,
                ASK)),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Reading.Whole(Duration.ofDays(30), RETRACT, ASK)),
        new RecordForm.Elements(List.of(JsonPointer.empty())),
        Optional.empty(),
        key,
        List.of(),
        Optional.of(new Condition(JsonPointer.compile("/status"), Set.of("deleted"))),
        Optional.of(JsonPointer.compile("/version")),
        List.of(),
        true,
        false,
        Optional.empty(),
        List.of(fields));
  }

  /** The same with parts, or without what it may differ in. */
  public static ResourceDefinition with(
      ResourceDefinition resource, String each, List<String> ignore, boolean skipsOlder) {
    return new ResourceDefinition(
        resource.name(),
        resource.version(),
        resource.windows(),
        resource.changes(),
        resource.listed(),
        resource.whole(),
        resource.records(),
        each.isEmpty() ? Optional.empty() : Optional.of(JsonPointer.compile(each)),
        resource.key(),
        resource.filters(),
        resource.deleted(),
        resource.sourceVersion(),
        ignore.stream().map(JsonPointer::compile).toList(),
        resource.keepRecord(),
        skipsOlder,
        resource.forgetsAfter(),
        resource.fields());
  }

  public static FieldDefinition field(String name, Kind kind) {
    return field(name, new Origin.OfRecord(JsonPointer.compile("/" + name)), kind, As.PLAIN);
  }

  public static FieldDefinition field(String name, Origin origin, Kind kind, As as) {
    FieldDefinition.Type type =
        kind == Kind.DECIMAL
            ? new FieldDefinition.Type(kind, 10, 2)
            : FieldDefinition.Type.of(kind);
    return new FieldDefinition(name, origin, type, as, Optional.empty(), false);
  }

  /** As every configured resource has it. */
  public static Schema schema(ResourceDefinition resource) {
    List<Schema.Field> fields = new ArrayList<>();
    for (FieldDefinition field : resource.fields()) {
      Schema type = schema(field.type());
      fields.add(
          resource.key().contains(field.name())
              ? new Schema.Field(field.name(), type)
              : nullable(field.name(), type));
    }
    Schema text = Schema.create(Schema.Type.STRING);
    fields.add(new Schema.Field("_revision", Schema.create(Schema.Type.INT)));
    fields.add(
        new Schema.Field(
            "_operation",
            Schema.createEnum(
                "Operation", null, "io.landfall.schemas.test", List.of("UPSERT", "RETRACT"))));
    fields.add(new Schema.Field("_content_hash", text));
    fields.add(new Schema.Field("_coverage", text));
    fields.add(
        new Schema.Field(
            "_fetched_at",
            LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG))));
    fields.add(new Schema.Field("_shape_version", text));
    fields.add(nullable("_record", text));
    fields.add(new Schema.Field("_item", text));
    fields.add(new Schema.Field("_answer", text));
    fields.add(nullable("_source_version", text));
    return Schema.createRecord("Things", null, "io.landfall.schemas.test", false, fields);
  }

  private static Schema.Field nullable(String name, Schema type) {
    return new Schema.Field(
        name,
        Schema.createUnion(Schema.create(Schema.Type.NULL), type),
        null,
        Schema.Field.NULL_DEFAULT_VALUE);
  }

  private static Schema schema(FieldDefinition.Type type) {
    return switch (type.kind()) {
      case TEXT, JSON -> Schema.create(Schema.Type.STRING);
      case INT -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case DECIMAL ->
          LogicalTypes.decimal(type.precision(), type.scale())
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    };
  }
}
