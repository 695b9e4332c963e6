package io.landfall.program;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The names that Kafka's clients know, which is how a misspelt one is found. */
final class PassThroughNames {

  private static final Set<String> KAFKA = kafka();

  private PassThroughNames() {}

  private static Set<String> kafka() {
    Set<String> names = new TreeSet<>(ProducerConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    return names;
  }

  /** The names of every client, without a prefix. */
  static Set<String> ofKafka() {
    return KAFKA;
  }

  /** What can be written on the command line, as far as it is known. */
  static List<String> flags() {
    return KAFKA.stream().map(name -> "--" + PassThrough.KAFKA.prefix() + name).toList();
  }
}
