package io.landfall.consumer.quarantine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a record stands in its topic, as text {@code topic-partition@offset}. */
public record Place(String topic, int partition, long offset) {

  private static final Pattern TEXT =
      Pattern.compile("([A-Za-z0-9._-]{1,249})-(\\d{1,9})@(\\d{1,18})");

  /**
   * From its text.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Place parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "expected topic-partition@offset, as `quarantine list` shows it");
    }
    return new Place(
        parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
  }

  @Override
  public String toString() {
    return "%s-%d@%d".formatted(topic, partition, offset);
  }
}
