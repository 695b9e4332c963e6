package io.landfall.sandbox.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.landfall.sandbox.api.SimulatedApi;
import io.landfall.sandbox.guarantee.Observed;
import io.landfall.sandbox.process.ChildProcess;
import io.landfall.sandbox.season.Season;
import io.landfall.schemas.RowEncoding;
import io.landfall.schemas.RowFormat;
import io.landfall.schemas.SchemaIds;
import io.landfall.schemas.nhl.NhlDatasets;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both programs with a real Apicurio Registry. */
class ApicurioIT {

  private static final int GAMES = 12;
  private static final String SUBJECT = Pipeline.TOPICS.landing().name() + "-value";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private static Apicurio start(Path folder) throws Exception {
    return new Apicurio(Path.of(System.getProperty("landfall.apicurio")), folder);
  }

  private static String[] with(Apicurio registry, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(registry.named());
    return arguments.toArray(String[]::new);
  }

  private static Optional<String> schema(Apicurio registry, int id) {
    try {
      return Optional.of(
          JSON.readTree(registry.get("/apis/ccompat/v7/schemas/ids/" + id).body())
              .path("schema")
              .asText());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Half of a season is written without a registry, the other half with one. */
  @Test
  void mixedTopicIsLandedVerifiedAndRebuilt() throws Exception {
    long seed = Pipeline.seed(ApicurioIT.class);
    Season season = Season.of(seed, GAMES);
    LocalDate first = season.fixtures().get(0).date();
    LocalDate middle = season.fixtures().get(GAMES / 2).date();
    LocalDate last = season.fixtures().get(GAMES - 1).date();
    try (Apicurio registry = start(folder);
        SimulatedApi api = SimulatedApi.serving(season).start(0);
        Pipeline pipeline = new Pipeline(folder, api, new SandboxBroker(folder))) {
      Pipeline.succeed(pipeline.producer("run", Pipeline.days(first, middle.minusDays(1))));
      Pipeline.succeed(pipeline.producer("run", with(registry, Pipeline.days(middle, last))));
      Pipeline.succeed(pipeline.shaping("shape", with(registry, "--once")));

      assertThat(registry.get("/apis/ccompat/v7/config/" + SUBJECT).body()).contains("BACKWARD");
      Set<Integer> ids = decodedByAvroAlone(registry, pipeline);
      assertThat(registry.get("/apis/ccompat/v7/subjects/" + SUBJECT + "/versions").body())
          .isEqualTo("[1]");
      assertThat(ids).hasSize(1);

      ChildProcess without = pipeline.consumer("run", "--once");
      assertThat(without.exitCode()).isEqualTo(4);
      assertThat(without.logAndOutput())
          .contains("--schema-registry-url", "no schema registry is set");
      Pipeline.succeed(pipeline.consumer("run", with(registry, "--once")));
      Pipeline.succeed(pipeline.consumer("verify", with(registry, "--deep")));
      ChildProcess replay =
          Pipeline.succeed(
              pipeline.consumer(
                  "replay", with(registry, "--into", pipeline.replayed().toString())));
      assertThat(replay.output()).contains("The two say the same.");

      pipeline.reading(RowEncoding.reading(SchemaIds.of("apicurio", id -> schema(registry, id))));
      pipeline.verify(season);
    }
  }

  /**
   * Nothing of ours: the format as its description says it, and the schema as Apicurio's own API
   * gives it.
   */
  private static Set<Integer> decodedByAvroAlone(Apicurio registry, Pipeline pipeline)
      throws Exception {
    Set<Integer> ids = new HashSet<>();
    int single = 0;
    for (ConsumerRecord<String, byte[]> record :
        Observed.committed(pipeline.bootstrapServers(), Pipeline.TOPICS.landing())) {
      byte[] bytes = record.value();
      if (bytes[0] != 0) {
        single++;
        continue;
      }
      int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
      if (ids.add(id)) {
        assertThat(registry.get("/apis/registry/v3/ids/contentIds/" + id).statusCode())
            .isEqualTo(200);
      }
      Schema schema =
          new Schema.Parser().parse(registry.get("/apis/registry/v3/ids/contentIds/" + id).body());
      BinaryDecoder decoder =
          DecoderFactory.get().binaryDecoder(Arrays.copyOfRange(bytes, 5, bytes.length), null);
      GenericRecord row = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
      assertThat(decoder.isEnd()).isTrue();
      assertThat(record.key()).startsWith(row.get("playerId") + "/" + row.get("gameId") + "/");
    }
    assertThat(single).isPositive();
    return ids;
  }

  @Test
  void incompatibleSchemaIsRefusedAndNothingIsFetched() throws Exception {
    Season season = Season.of(1, 2);
    try (Apicurio registry = start(folder);
        SimulatedApi api = SimulatedApi.serving(season).start(0);
        Pipeline pipeline = new Pipeline(folder, api, new SandboxBroker(folder))) {
      Schema ours = new Schema.Parser().parse(RowFormat.schema(NhlDatasets.PLAYER_GAME_STATS));
      String other =
          "{\"type\":\"record\",\"name\":\"%s\",\"namespace\":\"%s\",\"fields\":[{\"name\":\"playerId\",\"type\":\"boolean\"}]}"
              .formatted(ours.getName(), ours.getNamespace());
      JsonNode body = JSON.createObjectNode().put("schema", other);
      assertThat(
              registry
                  .send(
                      "POST", "/apis/ccompat/v7/subjects/" + SUBJECT + "/versions", body.toString())
                  .statusCode())
          .isEqualTo(200);
      assertThat(
              registry
                  .send(
                      "PUT",
                      "/apis/ccompat/v7/config/" + SUBJECT,
                      "{\"compatibility\":\"BACKWARD\"}")
                  .statusCode())
          .isEqualTo(200);

      ChildProcess refused = pipeline.producer("run", with(registry, Pipeline.days(season)));
      assertThat(refused.exitCode()).as(refused.logAndOutput()).isEqualTo(4);
      assertThat(refused.logAndOutput())
          .contains("does not take the schema", SUBJECT, "Nothing was written");
      assertThat(pipeline.archived()).isZero();
    }
  }
}
