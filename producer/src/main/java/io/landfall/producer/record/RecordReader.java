package io.landfall.producer.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.producer.definition.RecordForm;
import io.landfall.producer.source.JsonLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the records of an answer. Safe for use by several threads. */
public final class RecordReader {

  /** Under which name the value of a member stands that is no object. */
  public static final String VALUE = "value";

  /** Of the names and lengths that a message tells. */
  private static final int MOST_TOLD = 5;

  private final RecordForm form;

  public RecordReader(RecordForm form) {
    this.form = form;
  }

  /**
   * The records of a body, in its order. A list or a record that is {@code null} is none; so is a
   * list within another one that is not there.
   *
   * @param body as it came, in UTF-8, UTF-16 or UTF-32
   * @throws UnusableBody if it is not one whole JSON value, has a name twice in one object, or is
   *     not of the form that is expected
   */
  public List<ApiRecord> read(byte[] body) throws UnusableBody {
    byte[] utf8 = Bodies.utf8(body);
    try (JsonParser parser = Bodies.parser(utf8)) {
      if (parser.nextToken() == null) {
        throw new UnusableBody("it is empty (%,d bytes)".formatted(body.length));
      }
      Reading reading = new Reading(utf8, parser);
      reading.all(form);
      if (parser.nextToken() != null) {
        throw new UnusableBody(
            "something follows its end, at byte %,d"
                .formatted(parser.currentTokenLocation().getByteOffset()));
      }
      return reading.records;
    } catch (IOException e) {
      throw new UnusableBody(
          JsonLimits.beyond(e)
              .orElseGet(() -> "it is no JSON: %s".formatted(firstLine(e.getMessage()))),
          e);
    }
  }

  /** Where in which of Jackson's sources it was is of no use to anybody. */
  private static String firstLine(@Nullable String message) {
    return String.valueOf(message)
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("\\[Source: [^;\\]]*; ", "[");
  }

  /** What is done with a value that the parser is at the start of; it is at its end afterwards. */
  private interface Found {
    void value() throws IOException, UnusableBody;
  }

  /** One body that is read. */
  private static final class Reading {

    private final byte[] body;
    private final JsonParser parser;
    private final List<ApiRecord> records = new ArrayList<>();

    Reading(byte[] body, JsonParser parser) {
      this.body = body;
      this.parser = parser;
    }

    void all(RecordForm form) throws IOException, UnusableBody {
      if (form instanceof RecordForm.Elements elements) {
        elements(elements.path());
      } else if (form instanceof RecordForm.Members members) {
        members(members);
      } else if (form instanceof RecordForm.Columns columns) {
        columns(columns.at());
      } else if (form instanceof RecordForm.One one) {
        one(one.at());
      }
    }

    private void elements(List<JsonPointer> path) throws IOException, UnusableBody {
      JsonPointer first = path.get(0);
      require(first, find(first, () -> elements(path, 0)));
    }

    private void elements(List<JsonPointer> path, int level) throws IOException, UnusableBody {
      if (parser.hasToken(JsonToken.VALUE_NULL)) {
        return;
      }
      requireToken(JsonToken.START_ARRAY, "a list", path.get(level));
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (level == path.size() - 1) {
          records.add(new Piece(body, position(), end()));
        } else {
          boolean unused = find(path.get(level + 1), () -> elements(path, level + 1));
        }
      }
    }

    private void members(RecordForm.Members members) throws IOException, UnusableBody {
      require(
          members.at(),
          find(
              members.at(),
              () -> {
                if (parser.hasToken(JsonToken.VALUE_NULL)) {
                  return;
                }
                requireToken(JsonToken.START_OBJECT, "an object", members.at());
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                  String name = parser.currentName();
                  parser.nextToken();
                  records.add(new Member(members.key(), name, new Piece(body, position(), end())));
                }
              }));
    }

    private void one(JsonPointer at) throws IOException, UnusableBody {
      require(
          at,
          find(
              at,
              () -> {
                if (!parser.hasToken(JsonToken.VALUE_NULL)) {
                  records.add(new Piece(body, position(), end()));
                }
              }));
    }

    private void columns(JsonPointer at) throws IOException, UnusableBody {
      require(
          at,
          find(
              at,
              () -> {
                if (!parser.hasToken(JsonToken.VALUE_NULL)) {
                  requireToken(JsonToken.START_OBJECT, "an object", at);
                  zip(at);
                }
              }));
    }

    private void zip(JsonPointer at) throws IOException, UnusableBody {
      Map<String, List<JsonNode>> columns = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (parser.nextToken() != JsonToken.START_ARRAY) {
          passOver();
          continue;
        }
        List<JsonNode> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          JsonNode value = parser.readValueAsTree();
          values.add(value);
        }
        columns.put(name, values);
      }
      Map<Integer, List<String>> byLength = new TreeMap<>();
      columns.forEach(
          (name, values) ->
              byLength.computeIfAbsent(values.size(), length -> new ArrayList<>()).add(name));
      if (byLength.size() > 1) {
        throw new UnusableBody(
            "the lists at %s are not of one length: %s".formatted(place(at), told(byLength)));
      }
      int length = byLength.keySet().stream().findFirst().orElse(0);
      for (int row = 0; row < length; row++) {
        records.add(new Across(columns, row));
      }
    }

    private static String told(Map<Integer, List<String>> byLength) {
      List<String> told = new ArrayList<>();
      byLength.forEach(
          (length, names) ->
              told.add(
                  "%s%s %,d"
                      .formatted(
                          String.join(", ", names.subList(0, Math.min(MOST_TOLD, names.size()))),
                          names.size() > MOST_TOLD ? ", …" : "",
                          length)));
      return String.join("; ", told.subList(0, Math.min(MOST_TOLD, told.size())));
    }

    private void require(JsonPointer at, boolean found) throws UnusableBody {
      if (!found) {
        throw new UnusableBody("it has nothing at %s".formatted(place(at)));
      }
    }

    private void requireToken(JsonToken token, String what, JsonPointer at) throws UnusableBody {
      if (!parser.hasToken(token)) {
        throw new UnusableBody(
            "%s is %s, not %s".formatted(place(at), kind(parser.currentToken()), what));
      }
    }

    private static String place(JsonPointer at) {
      return at.matches() ? "its root" : at.toString();
    }

    private static String kind(JsonToken token) {
      return switch (token) {
        case START_OBJECT -> "an object";
        case START_ARRAY -> "a list";
        case VALUE_STRING -> "a text";
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
        case VALUE_TRUE, VALUE_FALSE -> "a truth value";
        default -> "null";
      };
    }

    /**
     * Looks for a place within the value that the parser is at the start of, and reads that to its
     * end.
     *
     * @return whether it is there
     */
    private boolean find(JsonPointer at, Found found) throws IOException, UnusableBody {
      if (at.matches()) {
        found.value();
        return true;
      }
      boolean isThere = false;
      if (parser.hasToken(JsonToken.START_OBJECT)) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          boolean leadsThere = at.matchesProperty(parser.currentName());
          parser.nextToken();
          isThere |= step(at, leadsThere, found);
        }
      } else if (parser.hasToken(JsonToken.START_ARRAY)) {
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
          isThere |= step(at, at.matchesElement(index), found);
        }
      }
      return isThere;
    }

    private boolean step(JsonPointer at, boolean leadsThere, Found found)
        throws IOException, UnusableBody {
      if (leadsThere) {
        return find(at.tail(), found);
      }
      passOver();
      return false;
    }

    /** Where the value begins. */
    private int position() {
      return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Goes to the end of the value, and says where that is. */
    private int end() throws IOException, UnusableBody {
      passOver();
      parser.finishToken();
      return (int) parser.currentLocation().getByteOffset();
    }

    private void passOver() throws IOException, UnusableBody {
      int tokens = 1;
      int open = parser.currentToken().isStructStart() ? 1 : 0;
      while (open > 0) {
        JsonToken token = parser.nextToken();
        if (token.isStructStart()) {
          open++;
        } else if (token.isStructEnd()) {
          open--;
        }
        tokens++;
      }
      if (tokens > JsonLimits.MOST_TOKENS) {
        throw new UnusableBody(
            "a part of it has %,d names, values and brackets, and %,d is the most that is read of one"
                .formatted(tokens, JsonLimits.MOST_TOKENS));
      }
    }
  }

  /** A record that is one piece of the body. */
  private static final class Piece implements ApiRecord {

    private final byte[] body;
    private final int from;
    private final int to;

    Piece(byte[] body, int from, int to) {
      this.body = body;
      this.from = from;
      this.to = to;
    }

    @Override
    public JsonNode value() {
      return Bodies.tree(body, from, to);
    }

    @Override
    public String text() {
      return new String(body, from, to - from, UTF_8);
    }
  }

  /** A piece that is known by its name: that is a part of what it says. */
  private record Member(String key, String name, Piece piece) implements ApiRecord {
    @Override
    public JsonNode value() {
      ObjectNode named = JsonNodeFactory.instance.objectNode().put(key, name);
      if (piece.value() instanceof ObjectNode value) {
        value.remove(key);
        named.setAll(value);
      } else {
        named.set(VALUE, piece.value());
      }
      return named;
    }

    @Override
    public String text() {
      return piece.text();
    }
  }

  /** One line of parallel lists. */
  private record Across(Map<String, List<JsonNode>> columns, int row) implements ApiRecord {
    @Override
    public JsonNode value() {
      ObjectNode value = JsonNodeFactory.instance.objectNode();
      columns.forEach((name, values) -> value.set(name, values.get(row)));
      return value;
    }

    @Override
    public String text() {
      return value().toString();
    }
  }
}
