package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.definition.FieldDefinition;
import io.landfall.producer.definition.ResourceDefinition;
import io.landfall.producer.definition.SourceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The definition that comes with the collection. */
class ExampleTest {

  @Test
  void itIsRightAndItsFieldsAreThere() throws Exception {
    SourceDefinition example = Definitions.read("collection.yaml", text());
    assertThat(example.resources())
        .extracting(ResourceDefinition::name)
        .containsExactly("records", "parts");
    try (SimulatedCollection collection = SimulatedCollection.of(1, 100).start(0)) {
      Collection<JsonNode> records = collection.current().values();
      for (FieldDefinition field : example.resources().get(0).fields()) {
        assertThat(field.origin())
            .isInstanceOfSatisfying(
                FieldDefinition.Origin.OfRecord.class,
                place ->
                    assertThat(records)
                        .as(field.name())
                        .anyMatch(record -> !record.at(place.at()).isMissingNode()));
      }
    }
  }

  private static String text() throws IOException {
    try (InputStream in = ExampleTest.class.getResourceAsStream("/collection.yaml")) {
      return new String(
          Objects.requireNonNull(in, "collection.yaml").readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
