package io.landfall.consumer.recover;

import io.landfall.consumer.bronze.BronzeSchema;
import io.landfall.consumer.bronze.BronzeTable;
import io.landfall.consumer.bronze.SystemColumn;
import io.landfall.consumer.bronze.TableDescription;
import io.landfall.consumer.bronze.Views;
import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a table and one that was rebuilt beside it should both hold.
 *
 * @param what it is, where it is not all
 * @param ofOld which rows of the one, as SQL
 * @param ofRebuilt which rows of the other
 */
record Common(Optional<String> what, String ofOld, String ofRebuilt) {

  private static final String ALL = "true";

  static Common of(Dataset dataset, BronzeTable old, BronzeTable rebuilt) {
    TableDescription described = rebuilt.describe();
    if (!old.describe().earlierTopicIds().isEmpty()) {
      return new Common(
          Optional.of(
              "The table has rows of earlier topics. Compared are those whose key and revision are in this one."),
          "(%1$s, %2$s) IN (SELECT %1$s, %2$s FROM %3$s)"
              .formatted(Views.key(dataset), BronzeSchema.REVISION, rebuilt.location().sql()),
          ALL);
    }
    if (described.begins().equals(Offsets.START)) {
      return new Common(Optional.empty(), ALL, ALL);
    }
    Offsets from = described.begins();
    Offsets toOld = old.state().position();
    Offsets toRebuilt = rebuilt.state().position();
    String rows =
        from.partitionsWith(toRebuilt).stream()
            .map(
                partition ->
                    "(%s = %d AND %s >= %d AND %s < %d)"
                        .formatted(
                            SystemColumn.PARTITION.column(),
                            partition,
                            SystemColumn.OFFSET.column(),
                            from.in(partition),
                            SystemColumn.OFFSET.column(),
                            Math.min(toOld.in(partition), toRebuilt.in(partition))))
            .collect(Collectors.joining(" OR "));
    return new Common(
        Optional.of("Compared is what both hold, from %s on.".formatted(from)), rows, rows);
  }
}
