package io.landfall.producer.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What a row says of the values that it lacks because they did not fit. */
final class Coverage {

  static final String COMPLETE = "complete";

  private static final int MOST_NAMED = 5;
  private static final int LONGEST_VALUE = 40;

  private final BiConsumer<String, String> misfits;
  private final List<String> without = new ArrayList<>();
  private int more;

  /**
   * @param misfits is told each column without its value, and that value
   */
  Coverage(BiConsumer<String, String> misfits) {
    this.misfits = misfits;
  }

  void without(String column, JsonNode value) {
    misfits.accept(column, told(value));
    if (without.size() < MOST_NAMED) {
      without.add("%s (%s)".formatted(column, told(value)));
    } else {
      more++;
    }
  }

  /** A value for people, as JSON has it. */
  static String told(JsonNode value) {
    if (value.isMissingNode()) {
      return "not there";
    }
    String text = value.toString();
    if (text.length() <= LONGEST_VALUE) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_VALUE - end) + "…";
  }

  String text() {
    if (without.isEmpty()) {
      return COMPLETE;
    }
    return "without %s%s"
        .formatted(String.join(", ", without), more == 0 ? "" : " and %d more".formatted(more));
  }
}
