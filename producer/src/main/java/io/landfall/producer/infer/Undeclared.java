package io.landfall.producer.infer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.record.ApiRecord;
import io.landfall.producer.record.RecordReader;
import io.landfall.producer.record.UndeclaredFields;
import io.landfall.producer.record.UnusableBody;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What records have and no field of their definition takes, as lines for it. */
public final class Undeclared {

  private final ResourceDefinition resource;

  public Undeclared(ResourceDefinition resource) {
    this.resource = resource;
  }

  /** A line of YAML for each, in the order of their places. */
  public List<String> in(List<byte[]> bodies) {
    List<JsonNode> records = new ArrayList<>();
    RecordReader reader = new RecordReader(resource.records());
    for (byte[] body : bodies) {
      try {
        reader.read(body).stream().map(ApiRecord::value).forEach(records::add);
      } catch (UnusableBody e) {
        // It has no records, and whoever looks at it is told of that.
      }
    }
    UndeclaredFields undeclared = new UndeclaredFields(resource);
    records.forEach(undeclared::add);
    List<JsonPointer> places =
        undeclared.counts().keySet().stream().map(JsonPointer::compile).toList();
    return Draft.lines(
        Values.at(places, records),
        resource.fields().stream().map(FieldDefinition::name).collect(Collectors.toSet()));
  }
}
