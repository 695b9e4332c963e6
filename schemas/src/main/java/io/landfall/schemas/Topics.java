package io.landfall.schemas;

import io.landfall.schemas.Topic.Kept;
import java.util.List;

/**
 * The topics of a dataset's source. Two sources, and two deployments with different prefixes, share
 * no name.
 */
public record Topics(Dataset dataset) {

  /** The key of the one {@link ListedDays} in the ledger: whoever loses the ledger loses both. */
  public static final String LISTED_DAYS = "_listed-days";

  /** The key of the one {@link Owner} in the ledger. */
  public static final String OWNER = "_owner";

  /** The API's answers for one item, byte for byte: {@link ItemAnswers}. Key: the item's. */
  public Topic answers() {
    return topic("answers", dataset.partitions(), Kept.ALL);
  }

  /**
   * What fetch knows of each item: {@link LedgerEntry}, key: the item's. Under two more keys:
   * {@link #LISTED_DAYS}, which days were listed ({@link ListedDays}), and {@link #OWNER}.
   */
  public Topic ledger() {
    return topic("ledger", 1, Kept.LAST_OF_KEY);
  }

  /**
   * One row each, of the dataset's schema. Key: {@link RowKey}, partitioned by item. Rows of
   * answers are beside the answers.
   */
  public Topic landing() {
    String resource = dataset.resource();
    return topic(
        resource.equals(Dataset.ANSWERS) ? "answers-rows" : resource,
        dataset.partitions(),
        Kept.ALL);
  }

  /** What is in force of each item: {@link Manifest}. Key: resource and item. */
  public Topic manifests() {
    return topic("manifests", dataset.partitions(), Kept.ALL);
  }

  /**
   * What could not be used: {@link DeadLetter}, and what was decided of it: {@link Dismissal}. Key:
   * where it was read.
   */
  public Topic deadLetters() {
    return new Topic(name("dead-letters"), 1, Kept.ALL, Topic.MAX_DEAD_LETTER_BYTES);
  }

  /**
   * The latest run of the built-in schedule: {@link Run}; and the last of all: {@link PastRuns}.
   */
  public Topic runs() {
    return topic("runs", 1, Kept.LAST_OF_KEY);
  }

  /** All of them, in the order of the flow. */
  public List<Topic> all() {
    return List.of(answers(), ledger(), landing(), manifests(), deadLetters(), runs());
  }

  /**
   * What a part of a program is called in the cluster: a transactional id, an application id, a
   * consumer group.
   */
  public String member(String part) {
    return "%slandfall-%s-%s".formatted(dataset.topicPrefix(), dataset.source(), part);
  }

  /**
   * Shape's name as an application: of the source where it has one dataset only, and of the dataset
   * where a definition may say several.
   */
  public String shape() {
    return switch (dataset.origin()) {
      case PROGRAM -> member("shape");
      case DEFINITION -> member("shape-" + dataset.resource());
    };
  }

  /**
   * The consumer group under whose name the table's position in the landing topic is published, for
   * whoever watches. Nothing of ours reads it to go on: that is told by the table alone.
   */
  public String positionGroup() {
    return member(dataset.resource() + "-bronze");
  }

  private Topic topic(String name, int partitions, Kept kept) {
    return new Topic(name(name), partitions, kept);
  }

  private String name(String topic) {
    return "%s%s.%s.v1".formatted(dataset.topicPrefix(), dataset.source(), topic);
  }
}
