package io.landfall.sandbox.pipeline;

/** The Kafka that a pipeline runs on: the sandbox's own, or one from elsewhere. */
public interface Broker extends AutoCloseable {

  /** Where clients connect; it stays so through any restart. */
  String bootstrapServers();

  @Override
  void close();
}
