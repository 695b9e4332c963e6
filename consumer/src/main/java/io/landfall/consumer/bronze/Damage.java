package io.landfall.consumer.bronze;

import io.landfall.program.Stop;
import java.util.List;
import java.util.Optional;

/**
 * Files of a table that are not there, or not whole: rows that were landed and that no reader gets.
 *
 * @param what which files these are, for example {@code "of the 12 data files of version 3"}
 * @param problems one of each file
 */
public record Damage(String table, String what, List<String> problems) {

  /** As many as help to see what happened. */
  private static final int NAMED = 3;

  public Damage {
    problems = List.copyOf(problems);
  }

  /** The damage, if there is a problem at all. */
  static Optional<Damage> of(String table, String what, List<String> problems) {
    return problems.isEmpty() ? Optional.empty() : Optional.of(new Damage(table, what, problems));
  }

  /** What happened, and to which files. */
  public String description() {
    String named = String.join(", ", problems.subList(0, Math.min(NAMED, problems.size())));
    int more = problems.size() - NAMED;
    return "The table at %s is damaged, %,d %s: %s%s."
        .formatted(
            table, problems.size(), what, named, more > 0 ? " and %,d more".formatted(more) : "");
  }

  /** Why nothing goes on with this table, and the way out. */
  public Stop refusal() {
    return Stop.refused(
        "%s Rows that were landed are not there for any reader; nothing was written. Bring the files back from a copy, or rebuild the table from the topic, which holds every row: landfall consumer replay --table %s --into NEW"
            .formatted(description(), table));
  }
}
