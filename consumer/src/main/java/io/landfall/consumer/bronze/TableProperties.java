package io.landfall.consumer.bronze;

import io.landfall.schemas.Dataset;
import java.util.Map;
import java.util.TreeMap;

/** The properties that a bronze table is created with. */
final class TableProperties {

  static final String DATASET = "landfall.dataset";
  static final String TOPIC = "landfall.topic";
  static final String TOPIC_ID = "landfall.topic.id";
  static final String APPEND_ONLY = "delta.appendOnly";

  private TableProperties() {}

  static Map<String, String> of(Dataset dataset, String topicId) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(APPEND_ONLY, "true");
    properties.put(
        "delta.dataSkippingStatsColumns",
        String.join(",", BronzeSchema.statisticsColumns(dataset)));
    properties.put("delta.parquet.compression.codec", "zstd");
    properties.put("quality", "bronze");
    properties.put("source", dataset.source());
    properties.put("pipelines.reset.allowed", "false");
    properties.put(DATASET, dataset.name());
    properties.put(TOPIC, dataset.landing().name());
    properties.put(TOPIC_ID, topicId);
    return properties;
  }
}
