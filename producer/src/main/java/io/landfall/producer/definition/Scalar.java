package io.landfall.producer.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One value. It is taken as it is written, whatever YAML would make of it: {@code yes} is text
 * where text is expected, and 1.10 is not 1.1.
 *
 * @param words what to write
 * @param parser an {@link IllegalArgumentException} says what was expected
 * @param described adds to its JSON Schema what limits it
 * @param mayRefer whether it may be a reference to a secret, and so is never repeated in a message
 */
record Scalar<T>(
    String words, Function<String, T> parser, Consumer<ObjectNode> described, boolean mayRefer)
    implements Form<T> {

  /** A variable or a file that has a secret. */
  static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]+}");

  /** Longer than any value; a token that is signed has some kilobytes. */
  private static final int LONGEST = 64 * 1024;

  private static final int SHOWN = 80;

  static <T> Scalar<T> of(String words, Function<String, T> parser) {
    return new Scalar<>(words, parser, schema -> {}, false);
  }

  @Override
  public Optional<T> read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(path, node, "expected " + words + ", not " + Found.words(node));
      return Optional.empty();
    }
    String text = scalar.getValue();
    if (text.isEmpty() && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
      problems.add(path, node, "nothing stands here; expected " + words);
      return Optional.empty();
    }
    if (text.length() > LONGEST) {
      problems.add(path, node, "%,d characters, more than %,d".formatted(text.length(), LONGEST));
      return Optional.empty();
    }
    if (!mayRefer && REFERENCE.matcher(text).find()) {
      problems.add(
          path,
          node,
          "a secret is referred to, which only values under api.auth and api.headers may do;"
              + " whatever else there is gets logged and kept");
      return Optional.empty();
    }
    return parse(text, node, path, problems);
  }

  private Optional<T> parse(String text, Node node, KeyPath path, Problems problems) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(
          path,
          node,
          mayRefer
              ? String.valueOf(e.getMessage())
              : "\"%s\": %s".formatted(shown(text), e.getMessage()));
      return Optional.empty();
    }
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  @Override
  public ObjectNode schema() {
    // Editors take 30 and yes for what YAML says; here they are text.
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("type").add("string").add("number").add("boolean");
    described.accept(schema);
    return schema;
  }

  @Override
  public List<Group<?>> groups() {
    return List.of();
  }
}
