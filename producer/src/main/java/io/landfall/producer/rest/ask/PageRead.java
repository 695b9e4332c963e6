package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.landfall.producer.definition.RecordForm;
import io.landfall.producer.http.Reply;
import io.landfall.producer.record.ApiRecord;
import io.landfall.producer.record.RecordReader;
import io.landfall.producer.record.UnusableBody;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An answer, as far as paging looks at it.
 *
 * @param number of the request in the look, from 1
 * @param asked without credentials
 * @param records as they came: nothing is left out
 * @param fingerprint of all records
 * @param root the whole answer, read when somebody wants it
 */
record PageRead(
    int number,
    URI asked,
    Reply.Came came,
    List<Seen> records,
    Optional<ApiRecord> last,
    String fingerprint,
    Supplier<Optional<JsonNode>> root) {

  /** What is read at once, the whole of an answer. */
  private static final RecordReader WHOLE =
      new RecordReader(new RecordForm.One(JsonPointer.empty()));

  /**
   * A record, as far as paging looks at it.
   *
   * @param key what tells it from others
   */
  record Seen(String key, Optional<CursorValue> cursor) {
    /** It and its state, as far as its cursor tells. */
    String state() {
      return key + cursor.map(value -> "@" + value.number()).orElse("");
    }
  }

  static PageRead of(int number, URI asked, Reply.Came came, Question question, RecordReader reader)
      throws UnusableBody {
    Optional<CursorForm> form = question.changes().map(changes -> new CursorForm(changes.cursor()));
    List<ApiRecord> records = reader.read(came.body());
    List<Seen> seen = new ArrayList<>(records.size());
    MessageDigest all = sha256();
    for (ApiRecord record : records) {
      byte[] text = record.text().getBytes(UTF_8);
      all.update(text);
      all.update((byte) '\n');
      JsonNode value =
          question.key().isEmpty() && form.isEmpty() ? MissingNode.getInstance() : record.value();
      seen.add(
          new Seen(
              key(question.key(), value)
                  .orElseGet(() -> HexFormat.of().formatHex(sha256().digest(text))),
              form.flatMap(cursor -> cursor.of(value))));
    }
    return new PageRead(
        number,
        asked,
        came,
        seen,
        records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1)),
        HexFormat.of().formatHex(all.digest()),
        new Supplier<>() {
          private Optional<JsonNode> read = Optional.empty();

          @Override
          public Optional<JsonNode> get() {
            read = read.or(() -> root(came.body()));
            return read;
          }
        });
  }

  /** Empty where the record lacks a part of it. */
  private static Optional<String> key(List<JsonPointer> pointers, JsonNode record) {
    if (pointers.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder key = new StringBuilder();
    for (JsonPointer at : pointers) {
      JsonNode part = record.at(at);
      if (part.isMissingNode() || part.isNull()) {
        return Optional.empty();
      }
      key.append(part).append('\n');
    }
    return Optional.of(key.toString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  int size() {
    return records.size();
  }

  /** What the answer has at a place; empty if that is nothing, or null. */
  Optional<JsonNode> at(JsonPointer pointer) {
    return root.get()
        .map(root -> root.at(pointer))
        .filter(node -> !node.isMissingNode() && !node.isNull());
  }

  /** All of a body; empty if it is no JSON. */
  static Optional<JsonNode> root(byte[] body) {
    try {
      List<ApiRecord> whole = WHOLE.read(body);
      return whole.isEmpty() ? Optional.empty() : Optional.of(whole.get(0).value());
    } catch (UnusableBody e) {
      return Optional.empty();
    }
  }

  /** What its last record has at a place, as a parameter takes it. */
  Optional<String> ofLast(JsonPointer pointer) {
    return last.map(record -> record.value().at(pointer)).flatMap(PageRead::scalar);
  }

  /** As a parameter takes it; empty if it is nothing that one can take. */
  static Optional<String> scalar(JsonNode node) {
    return node.isTextual() || node.isNumber()
        ? Optional.of(node.asText()).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  /** Why nothing is at a place where something must be. */
  static String nothingAt(JsonPointer at) {
    return "the answer has nothing usable at \"%s\"".formatted(at);
  }
}
