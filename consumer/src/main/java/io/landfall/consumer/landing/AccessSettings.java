package io.landfall.consumer.landing;

import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Program;
import io.landfall.cli.Settings;
import io.landfall.cli.kafka.KafkaSettings;
import io.landfall.schemas.Access;
import io.landfall.schemas.Dataset;
import io.landfall.schemas.SchemaHistory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.acl.AclBinding;

/**
 * What a command must be allowed in a cluster for the datasets that its user names.
 *
 * @param known by the program
 */
public record AccessSettings(List<Dataset> known) implements Program.Needs {

  public AccessSettings {
    known = List.copyOf(known);
  }

  @Override
  public List<AclBinding> of(String command, Settings settings) {
    Optional<List<String>> names = settings.find(LandfallSettings.DATASET);
    String prefix = KafkaSettings.topicPrefix(settings);
    return Stream.concat(
            known.stream()
                .filter(dataset -> names.isEmpty() || names.get().contains(dataset.name())),
            names.stream()
                .flatMap(List::stream)
                .flatMap(name -> DefinedName.of(name).stream())
                .map(AccessSettings::topicsOnly))
        .map(dataset -> dataset.withTopicPrefix(prefix).topics())
        .flatMap(topics -> Access.needed("consumer", command, topics).stream())
        .distinct()
        .toList();
  }

  /** As much of a dataset as its topics are named by: what it is, is not known yet. */
  private static Dataset topicsOnly(DefinedName name) {
    Schema nothing = Schema.createRecord("Row", null, null, false, List.of());
    return Dataset.defined(
        name.source(),
        name.source(),
        name.resource(),
        SchemaHistory.of(List.of(nothing)),
        List.of(),
        List.of(),
        List.of());
  }
}
