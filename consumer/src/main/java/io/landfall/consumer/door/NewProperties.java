package io.landfall.consumer.door;

import static java.util.stream.Collectors.joining;

import io.landfall.cli.TableLocation;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Sets properties of a table in one commit, which says why. */
public final class NewProperties {

  /** Delta's note for all commits of a session; SQL has no place for one. */
  private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

  private NewProperties() {}

  /**
   * Sets them.
   *
   * @param note the commit's user metadata
   */
  public static void set(
      SparkSession spark, TableLocation table, Map<String, String> properties, String note) {
    Optional<String> theirs =
        spark.conf().contains(USER_METADATA)
            ? Optional.of(spark.conf().get(USER_METADATA))
            : Optional.empty();
    spark.conf().set(USER_METADATA, note);
    try {
      spark.sql(
          "ALTER TABLE %s SET TBLPROPERTIES (%s)"
              .formatted(
                  table.sql(),
                  properties.entrySet().stream()
                      .map(property -> text(property.getKey()) + " = " + text(property.getValue()))
                      .collect(joining(", "))));
    } finally {
      theirs.ifPresentOrElse(
          value -> spark.conf().set(USER_METADATA, value), () -> spark.conf().unset(USER_METADATA));
    }
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
