package io.landfall.consumer.bronze;

import io.landfall.consumer.landing.Offsets;
import io.landfall.schemas.Dataset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Ids of topics that the rows came from before, the oldest first, with commas between. */
  static final String EARLIER_TOPIC_IDS = "landfall.topic.earlier-ids";

  /** Up to where records of the topic may be rows that the table holds from an earlier one. */
  public static final String OVERLAP = "landfall.topic.overlap";

  /** From where on a table has the topic's records, if it was rebuilt in part. */
  static final String BEGINS = "landfall.begins";

  /** From where on a table had an earlier topic's records, if it was rebuilt in part then. */
  static final String EARLIER_BEGINS = "landfall.topic.earlier-begins";

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

  /**
   * The same for a table that gets a part of the topic only.
   *
   * @param begins from where on
   */
  public static Map<String, String> of(Dataset dataset, String topicId, Offsets begins) {
    Map<String, String> properties = of(dataset, topicId);
    properties.put(BEGINS, begins.toString());
    return properties;
  }

  /** What a table says from now on that goes on with another topic. */
  public static Map<String, String> adopting(
      TableDescription table, String topicId, Offsets overlap) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(TOPIC_ID, topicId);
    properties.put(OVERLAP, overlap.toString());
    if (!table.topicId().equals(topicId) && !table.property(BEGINS).isEmpty()) {
      // Offsets of the other topic.
      properties.put(EARLIER_BEGINS, table.property(BEGINS));
      properties.put(BEGINS, "");
    }
    if (!table.topicId().equals(topicId)) {
      properties.put(
          EARLIER_TOPIC_IDS,
          Stream.concat(table.earlierTopicIds().stream(), Stream.of(table.topicId()))
              .distinct()
              .collect(Collectors.joining(",")));
    }
    return properties;
  }

  /** Whether a property's value is a number that was counted up to. */
  public static boolean isNumber(String value) {
    return value.matches("\\d{1,18}");
  }
}
