package io.landfall.producer.definition;

import java.util.List;

/** What a file came to. */
public sealed interface Checked {

  /** It says what a source is. */
  record Right(SourceDefinition definition) implements Checked {}

  /** Everything that is wrong with it, at once, in the order of the file. */
  record Wrong(List<Problem> problems) implements Checked {
    public Wrong {
      problems = List.copyOf(problems);
    }
  }
}
