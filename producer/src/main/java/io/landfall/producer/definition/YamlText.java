package io.landfall.producer.definition;

import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;

/** YAML as far as a definition needs it: mappings, lists and text, of a size that people write. */
final class YamlText {

  /** A definition has some kilobytes. */
  static final int MOST_CHARACTERS = 1024 * 1024;

  /** Keys below keys; the deepest that there are have nine. */
  static final int DEEPEST = 20;

  /** Types that say no more than a value does by itself. */
  private static final Pattern PLAIN_TYPE =
      Pattern.compile("!|tag:yaml\\.org,2002:(str|int|float|bool|null|map|seq|timestamp)");

  private YamlText() {}

  /** The one document of a text; empty where there is none, and the problems say why. */
  static Optional<Node> read(String text, Problems problems) {
    if (text.length() > MOST_CHARACTERS) {
      problems.add(
          (org.yaml.snakeyaml.error.Mark) null,
          "the file has %,d characters, more than %,d; a definition is not that large"
              .formatted(text.length(), MOST_CHARACTERS));
      return Optional.empty();
    }
    try {
      if (!isPlain(text, problems)) {
        return Optional.empty();
      }
      @Nullable Node root = yaml().compose(new StringReader(text));
      if (root == null) {
        problems.add(KeyPath.ROOT, "the file is empty; it begins with: source: NAME");
      }
      return Optional.ofNullable(root);
    } catch (MarkedYAMLException e) {
      problems.add(e.getProblemMark(), "not YAML: " + oneLine(e.getProblem()));
    } catch (YAMLException e) {
      problems.add(KeyPath.ROOT, "not YAML: " + oneLine(e.getMessage()));
    }
    return Optional.empty();
  }

  /** One text that stands for another, which grows without end, and objects of a type. */
  private static boolean isPlain(String text, Problems problems) {
    boolean plain = true;
    for (Event event : yaml().parse(new StringReader(text))) {
      if (event instanceof AliasEvent) {
        plain = false;
        problems.add(
            event.getStartMark(),
            "* and a name stand for another value, which is not read; a value that begins with *"
                + " needs quotes");
      } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
        plain = false;
        problems.add(
            event.getStartMark(),
            "& names a value for others, which is not read; a value that begins with & needs"
                + " quotes");
      }
      @Nullable String tag = tag(event);
      if (tag != null && !PLAIN_TYPE.matcher(tag).matches()) {
        plain = false;
        problems.add(
            event.getStartMark(),
            "! and a name is a type, and a definition has none; a value that begins with ! needs"
                + " quotes");
      }
    }
    return plain;
  }

  private static @Nullable String tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(0);
    return new Yaml(options);
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "it cannot be read" : message.lines().findFirst().orElse("").strip();
  }
}
