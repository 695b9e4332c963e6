package io.landfall.producer.command;

import io.landfall.cli.Settings;
import io.landfall.cli.lineage.DatasetName;
import io.landfall.cli.lineage.LineageDataset;
import io.landfall.cli.lineage.LineageDataset.Field;
import io.landfall.cli.lineage.LineageJob;
import io.landfall.producer.shape.ShapeCounts;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** What the producer does, for whoever is told of runs. */
final class Jobs {

  private Jobs() {}

  /**
   * From the API to the archive.
   *
   * @param answered items with new answers
   */
  static LineageJob fetch(
      Settings settings, Cluster cluster, Connector connector, LongSupplier answered) {
    List<LineageDataset> apis =
        connector.settings().stream()
            .flatMap(setting -> settings.find(setting).stream())
            .flatMap(value -> value instanceof URI address ? Stream.of(address) : Stream.empty())
            .map(address -> LineageDataset.of(DatasetName.api(address)))
            .toList();
    Topics topics = cluster.topics();
    return new LineageJob(
        topics.member("fetch"),
        false,
        apis,
        List.of(topic(cluster, topics.answers()).counting(answered)));
  }

  /** From the archive to rows. */
  static LineageJob shape(
      Cluster cluster, Connector connector, boolean isContinuous, ShapeCounts counts) {
    Topics topics = cluster.topics();
    return new LineageJob(
        topics.shape(),
        isContinuous,
        List.of(topic(cluster, topics.answers()).counting(counts::items)),
        List.of(
            topic(cluster, topics.landing())
                .of(fields(connector.dataset().schema()))
                .counting(counts::rows)));
  }

  private static LineageDataset topic(Cluster cluster, Topic topic) {
    return LineageDataset.of(DatasetName.topic(cluster.kafka().bootstrapServers(), topic.name()));
  }

  private static List<Field> fields(Schema schema) {
    return schema.getFields().stream()
        .map(
            field ->
                new Field(
                    field.name(),
                    type(field.schema()),
                    Objects.requireNonNullElse(field.doc(), "")))
        .toList();
  }

  /** Of an optional field the type of its values. */
  private static String type(Schema schema) {
    if (schema.isUnion()) {
      return schema.getTypes().stream()
          .filter(part -> part.getType() != Schema.Type.NULL)
          .map(Jobs::type)
          .findFirst()
          .orElse("null");
    }
    return schema.getLogicalType() == null
        ? schema.getType().getName()
        : schema.getLogicalType().getName();
  }
}
