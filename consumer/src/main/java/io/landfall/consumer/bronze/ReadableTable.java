package io.landfall.consumer.bronze;

/** A table whose rows can be asked for. */
public interface ReadableTable extends BronzeTable, TableRows {

  /** What it holds of a topic, if it is a quarantine table. */
  Held held(String topicId);
}
