package io.landfall.consumer.bronze;

import io.landfall.schemas.Dataset;
import java.util.Map;
import java.util.TreeMap;

/** The properties that a bronze table is created with. */
public final class TableProperties {

  /**
   * Raised by whoever has restored the table and wants to land rows again that were landed before:
   * a part of the application id, so that Delta takes them anew.
   */
  public static final String EPOCH = "landfall.epoch";

  /** The name of the topic that the rows come from. */
  public static final String TOPIC = "landfall.topic";

  static final String DATASET = "landfall.dataset";
  static final String TOPIC_ID = "landfall.topic.id";
  static final String APPEND_ONLY = "delta.appendOnly";

  private TableProperties() {}

  public static Map<String, String> of(Dataset dataset, String topicId) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(APPEND_ONLY, "true");
    properties.put(
        "delta.dataSkippingStatsColumns",
        String.join(",", BronzeSchema.statisticsColumns(dataset)));
    // A checkpoint of the log takes as long as several commits; every tenth commit is too often.
    properties.put("delta.checkpointInterval", "50");
    properties.put("quality", "bronze");
    properties.put("source", dataset.api());
    properties.put("pipelines.reset.allowed", "false");
    properties.put(DATASET, dataset.name());
    properties.put(TOPIC, dataset.landing().name());
    properties.put(TOPIC_ID, topicId);
    return properties;
  }
}
