package io.landfall.producer.definition;

import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaHistory;
import java.util.List;
import java.util.Locale;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;

/** The schema of a resource's rows: its fields in order, then the columns that are Landfall's. */
public final class RowSchema {

  private static final String NAMESPACE = "io.landfall.schemas.";

  private RowSchema() {}

  /** The schema, named after the resource; made anew the same from the same definition. */
  public static Schema of(SourceDefinition source, ResourceDefinition resource) {
    return of(source.name(), resource);
  }

  static Schema of(String source, ResourceDefinition resource) {
    FieldAssembler<Schema> fields =
        SchemaBuilder.record(recordName(resource))
            .namespace(NAMESPACE + source.replace('-', '_'))
            .doc(
                "One record of %s. Rows in force: for each key (%s) the highest _revision, unless that is a retraction."
                    .formatted(resource.name(), String.join(", ", resource.key())))
            .fields();
    for (FieldDefinition field : resource.fields()) {
      add(fields, field, resource.key().contains(field.name()));
    }
    return withSystemColumns(fields, resource.keepRecord()).endRecord();
  }

  /** What is landed of the resource, with the one schema that the definition makes. */
  public static Dataset dataset(SourceDefinition source, ResourceDefinition resource) {
    return Dataset.defined(
        source.name(),
        source.name(),
        topicName(resource),
        SchemaHistory.of(List.of(of(source, resource))),
        resource.key(),
        resource.filters(),
        List.of());
  }

  /** As in the landing topic's name. */
  static String topicName(ResourceDefinition resource) {
    String name = resource.name().replace('_', '-');
    return resource.version() == 1 ? name : "%s-%d".formatted(name, resource.version());
  }

  private static String recordName(ResourceDefinition resource) {
    StringBuilder name = new StringBuilder();
    for (String part : resource.name().split("_", -1)) {
      name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
    }
    return resource.version() == 1 ? name.toString() : name.append(resource.version()).toString();
  }

  private static void add(FieldAssembler<Schema> fields, FieldDefinition field, boolean isKey) {
    Schema type = avro(field.type());
    var builder = fields.name(field.name());
    field.doc().ifPresent(builder::doc);
    if (isKey) {
      builder.type(type).noDefault();
    } else {
      builder.type(Schema.createUnion(Schema.create(Schema.Type.NULL), type)).withDefault(null);
    }
  }

  private static Schema avro(FieldDefinition.Type type) {
    return switch (type.kind()) {
      case TEXT, JSON -> Schema.create(Schema.Type.STRING);
      case INT -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case DECIMAL ->
          LogicalTypes.decimal(type.precision(), type.scale())
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    };
  }

  private static FieldAssembler<Schema> withSystemColumns(
      FieldAssembler<Schema> fields, boolean keepRecord) {
    Schema text = Schema.create(Schema.Type.STRING);
    Schema operation =
        SchemaBuilder.enumeration("Operation")
            .doc(
                "UPSERT: the row is in force until a later revision. RETRACT: the source took the"
                    + " row back.")
            .symbols("UPSERT", "RETRACT");
    fields
        .name("_revision")
        .doc("The record's revision that emitted this row, counted from 1 for each key.")
        .type(Schema.create(Schema.Type.INT))
        .noDefault()
        .name("_operation")
        .doc("UPSERT or RETRACT.")
        .type(operation)
        .noDefault()
        .name("_content_hash")
        .doc(
            "Hash of the row's content (the declared columns and _coverage), 32 hexadecimal digits."
                + " On a retraction, the hash of the row that is taken back.")
        .type(text)
        .noDefault()
        .name("_coverage")
        .doc(
            "complete, or which columns are null because the record's value did not fit, with that"
                + " value.")
        .type(text)
        .noDefault()
        .name("_fetched_at")
        .doc("When the answer behind this row was fetched.")
        .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
        .noDefault()
        .name("_shape_version")
        .doc("Version of the derivation that made this row.")
        .type(text)
        .noDefault();
    if (keepRecord) {
      optional(fields, "_record", "The record that this row was made of, byte for byte, as JSON.");
    }
    fields
        .name("_item")
        .doc("The item whose answer had the record.")
        .type(text)
        .noDefault()
        .name("_answer")
        .doc("SHA-256 of the archived answer that had the record, 64 hexadecimal digits.")
        .type(text)
        .noDefault();
    optional(fields, "_source_version", "The version that the source claims for the record.");
    return fields;
  }

  private static void optional(FieldAssembler<Schema> fields, String name, String doc) {
    fields
        .name(name)
        .doc(doc)
        .type(
            Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)))
        .withDefault(null);
  }
}
