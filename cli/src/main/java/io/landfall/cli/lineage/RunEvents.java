package io.landfall.cli.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.landfall.cli.Masked;
import io.landfall.cli.Version;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DatasetFacets;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineage.RunFacetsBuilder;
import io.openlineage.client.utils.UUIDUtils;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** What is told of one run, as OpenLineage's JSON. */
final class RunEvents {

  private final String namespace;
  private final LineageJob job;
  private final UUID id = UUIDUtils.generateNewUUID();
  private final OpenLineage facets =
      new OpenLineage(URI.create("urn:landfall:" + Version.current()));

  /** OpenLineage's own asks for modules that a platform's Spark does not have. */
  private final ObjectMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  RunEvents(String namespace, LineageJob job) {
    this.namespace = namespace;
    this.job = job;
  }

  String of(Moment moment) {
    try {
      return json.writeValueAsString(event(moment));
    } catch (JsonProcessingException e) {
      // Its classes are made to become JSON, and nothing of ours is in them.
      throw new UncheckedIOException(e);
    }
  }

  private RunEvent event(Moment moment) {
    return facets
        .newRunEventBuilder()
        .eventType(EventType.valueOf(moment.kind().name()))
        .eventTime(
            ZonedDateTime.ofInstant(moment.at().truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC))
        .run(facets.newRunBuilder().runId(id).facets(runFacets(moment.reason())).build())
        .job(
            facets
                .newJobBuilder()
                .namespace(namespace)
                .name(job.name())
                .facets(jobFacets())
                .build())
        .inputs(job.inputs().stream().map(this::input).toList())
        .outputs(job.outputs().stream().map(this::output).toList())
        .build();
  }

  private OpenLineage.RunFacets runFacets(Optional<String> reason) {
    RunFacetsBuilder run =
        facets
            .newRunFacetsBuilder()
            .processing_engine(
                facets.newProcessingEngineRunFacet(Version.current(), "landfall", null));
    reason.ifPresent(
        message ->
            run.errorMessage(
                facets
                    .newErrorMessageRunFacetBuilder()
                    .message(Masked.text(message))
                    .programmingLanguage("JAVA")
                    .build()));
    return run.build();
  }

  private OpenLineage.JobFacets jobFacets() {
    return facets
        .newJobFacetsBuilder()
        .jobType(
            facets
                .newJobTypeJobFacetBuilder()
                .processingType(job.isContinuous() ? "STREAMING" : "BATCH")
                .integration("LANDFALL")
                .jobType("JOB")
                .build())
        .build();
  }

  private InputDataset input(LineageDataset dataset) {
    OpenLineage.InputDatasetBuilder input =
        facets
            .newInputDatasetBuilder()
            .namespace(dataset.name().namespace())
            .name(dataset.name().name())
            .facets(datasetFacets(dataset));
    dataset
        .rows()
        .ifPresent(
            rows ->
                input.inputFacets(
                    facets
                        .newInputDatasetInputFacetsBuilder()
                        .inputStatistics(
                            facets
                                .newInputStatisticsInputDatasetFacetBuilder()
                                .rowCount(rows.getAsLong())
                                .build())
                        .build()));
    return input.build();
  }

  private OutputDataset output(LineageDataset dataset) {
    OpenLineage.OutputDatasetBuilder output =
        facets
            .newOutputDatasetBuilder()
            .namespace(dataset.name().namespace())
            .name(dataset.name().name())
            .facets(datasetFacets(dataset));
    dataset
        .rows()
        .ifPresent(
            rows ->
                output.outputFacets(
                    facets
                        .newOutputDatasetOutputFacetsBuilder()
                        .outputStatistics(
                            facets
                                .newOutputStatisticsOutputDatasetFacetBuilder()
                                .rowCount(rows.getAsLong())
                                .build())
                        .build()));
    return output.build();
  }

  private DatasetFacets datasetFacets(LineageDataset dataset) {
    OpenLineage.DatasetFacetsBuilder all = facets.newDatasetFacetsBuilder();
    if (!dataset.fields().isEmpty()) {
      all.schema(
          facets
              .newSchemaDatasetFacetBuilder()
              .fields(
                  dataset.fields().stream()
                      .map(
                          field ->
                              facets
                                  .newSchemaDatasetFacetFieldsBuilder()
                                  .name(field.name())
                                  .type(field.type())
                                  .description(field.description())
                                  .build())
                      .toList())
              .build());
    }
    return all.build();
  }
}
