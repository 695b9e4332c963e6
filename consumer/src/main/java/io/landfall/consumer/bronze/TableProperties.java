package io.landfall.consumer.bronze;

import io.landfall.schemas.Dataset;
import java.util.Map;
import java.util.TreeMap;

/** The properties that a bronze table is created with. */
public final class TableProperties {

  /**
   * Raised with each decision to go on with a table that others have changed: a part of the
   * application id, so that Delta takes rows again that were landed before, and takes nothing more
   * from a writer who has not heard of the decision.
   */
  public static final String EPOCH = "landfall.epoch";

  /** The version up to which somebody has looked at what others did, and goes on with it. */
  public static final String ACCEPTED = "landfall.accepted";

  public static final String DATASET = "landfall.dataset";
  public static final String TOPIC = "landfall.topic";
  public static final String TOPIC_ID = "landfall.topic.id";
  public static final String APPEND_ONLY = "delta.appendOnly";
  public static final String QUALITY = "quality";
  public static final String SOURCE = "source";
  public static final String RESET_ALLOWED = "pipelines.reset.allowed";

  private TableProperties() {}

  public static Map<String, String> of(Dataset dataset, String topicId) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(APPEND_ONLY, "true");
    properties.put(
        "delta.dataSkippingStatsColumns",
        String.join(",", BronzeSchema.statisticsColumns(dataset)));
    // A checkpoint of the log takes as long as several commits; every tenth commit is too often.
    properties.put("delta.checkpointInterval", "50");
    properties.put(QUALITY, "bronze");
    properties.put(SOURCE, dataset.api());
    properties.put(RESET_ALLOWED, "false");
    properties.put(DATASET, dataset.name());
    properties.put(TOPIC, dataset.landing().name());
    properties.put(TOPIC_ID, topicId);
    return properties;
  }

  /** Whether a property's value is a number that was counted up to. */
  public static boolean isNumber(String value) {
    return value.matches("\\d{1,18}");
  }
}
