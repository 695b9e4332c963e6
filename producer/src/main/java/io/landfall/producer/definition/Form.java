package io.landfall.producer.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** What may stand at a place of the file: how it is read, told of and described to editors. */
sealed interface Form<T> permits Form.Of, Group, ListForm, MapForm, Scalar, Either {

  /** The value; empty where there is none to be had, and the problems say why. */
  Optional<T> read(Node node, KeyPath path, Problems problems);

  /** What to write, as a part of a sentence: "a list of …". */
  String words();

  /** In the words of JSON Schema. */
  ObjectNode schema();

  /** The groups that it leads to, without theirs. */
  List<Group<?>> groups();

  /** The same form, of which something else is made. */
  record Of<S, T>(Form<S> form, java.util.function.Function<S, T> make) implements Form<T> {

    @Override
    public Optional<T> read(Node node, KeyPath path, Problems problems) {
      Optional<S> value = form.read(node, path, problems);
      try {
        return value.map(make);
      } catch (IllegalArgumentException e) {
        problems.add(path, String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }

    @Override
    public String words() {
      return form.words();
    }

    @Override
    public ObjectNode schema() {
      return form.schema();
    }

    @Override
    public List<Group<?>> groups() {
      return form.groups();
    }
  }
}
