package io.landfall.consumer.bronze;

import io.landfall.cli.LandfallException;
import io.landfall.cli.Refusal;
import io.landfall.cli.RefusalReason;
import java.util.List;
import java.util.Optional;

/**
 * Files of a table that are not there, or not whole: rows that were landed and that no reader gets.
 *
 * @param part which files these are
 * @param files how many of them there should be, for example {@code "the 12 data files of version
 *     3"}
 * @param problems one for each that is not as it should be
 */
public record Damage(String table, Part part, String files, List<String> problems) {

  /** What a table is made of. */
  public enum Part {
    /** Without it nothing is known of the table. */
    LOG,
    /** Without it the table is known, and some of its rows are gone. */
    DATA
  }

  /** As many as help to see what happened. */
  private static final int NAMED = 3;

  public Damage {
    problems = List.copyOf(problems);
  }

  /** The damage, if there is a problem at all. */
  public static Optional<Damage> of(String table, Part part, String files, List<String> problems) {
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new Damage(table, part, files, problems));
  }

  /** What happened, and to which files. */
  public String description() {
    String named = String.join(", ", problems.subList(0, Math.min(NAMED, problems.size())));
    int more = problems.size() - NAMED;
    return "The table at %s is damaged, %,d of %s: %s%s."
        .formatted(
            table, problems.size(), files, named, more > 0 ? " and %,d more".formatted(more) : "");
  }

  /** Why nothing goes on with this table, and the way out. */
  public LandfallException refusal() {
    return refused().exception();
  }

  /** The same as a value. */
  public Refusal refused() {
    return new Refusal(
        RefusalReason.TABLE_DAMAGED,
        description(),
        "Rows that were landed are not there for any reader.",
        "Bring the files back from a copy, or rebuild the table from the topic, which holds every row: landfall consumer replay --table %s --into NEW"
            .formatted(table));
  }
}
