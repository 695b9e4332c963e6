package io.landfall.producer.definition;

import io.landfall.cli.LandfallException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** From the text of a file to a source. */
public final class Definitions {

  private Definitions() {}

  /**
   * What the text says.
   *
   * @param name of the file, for messages
   * @throws LandfallException with every problem that there is, each with its place
   */
  public static SourceDefinition read(String name, String text) {
    Checked checked = check(name, text);
    if (checked instanceof Checked.Wrong wrong) {
      throw LandfallException.usage(
          wrong.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return ((Checked.Right) checked).definition();
  }

  /**
   * What the text says, or all that is wrong with it.
   *
   * @param name of the file, for messages
   */
  public static Checked check(String name, String text) {
    Problems problems = new Problems(name);
    Optional<SourceKeys.Draft> draft =
        YamlText.read(text, problems).flatMap(root -> draft(root, problems));
    draft.ifPresent(read -> Checks.check(read, problems));
    List<Problem> all = problems.all();
    return all.isEmpty()
        ? new Checked.Right(draft.orElseThrow().definition(text))
        : new Checked.Wrong(all);
  }

  private static Optional<SourceKeys.Draft> draft(Node root, Problems problems) {
    if (root instanceof MappingNode mapping) {
      return Optional.of(
          new SourceKeys.Draft(SourceKeys.FILE.values(mapping, KeyPath.ROOT, problems)));
    }
    problems.add(KeyPath.ROOT, root, "expected keys with values, the first of them source: NAME");
    return Optional.empty();
  }
}
