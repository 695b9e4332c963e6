package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The keys of a source's file for editors, as JSON Schema. */
public final class SourceSchema {

  private SourceSchema() {}

  /** The schema as JSON, with a line end at its end; draft 7, which editors know. */
  public static String text() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema
        .put("$schema", "http://json-schema.org/draft-07/schema#")
        .put("title", "A source of Landfall");
    schema.set("$ref", SourceKeys.FILE.schema().get("$ref"));
    ObjectNode definitions = schema.putObject("definitions");
    SourcePage.groups().forEach(group -> definitions.set(group.name(), group.definition()));
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return new JsonMapper()
              .writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
              .writeValueAsString(schema)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON can be written", e);
    }
  }
}
