package io.landfall.producer.nhl.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.producer.source.Shaped;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.nhl.PlayerGameStats;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One recorded game from bytes to encoded rows, and its steps one by one: {@code mvn -Pbenchmark
 * -pl producer -am process-test-classes}. Stands here and not in sandbox for the sake of the steps,
 * which are nobody else's business.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime) // its median tells something on a busy machine too
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class GameBenchmark {

  private static final int GAME = 2024020001;
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final Json<PlayByPlayJson> PLAYS = Json.of(PlayByPlayJson.class);
  private static final Json<BoxScoreJson> BOX_SCORE = Json.of(BoxScoreJson.class);
  private static final Json<ShiftChartJson> SHIFTS = Json.of(ShiftChartJson.class);
  private static final SingleObjectFormat<GenericRecord> FORMAT =
      SingleObjectFormat.generic(PlayerGameStats.getClassSchema());
  private static final ContentHash HASH = new ContentHash(PlayerGameStats.getClassSchema());

  private final NhlShaper shaper = new NhlShaper();

  @SuppressWarnings("NullAway.Init") // JMH's constructor is setup
  private ItemAnswers responses;

  @SuppressWarnings("NullAway.Init")
  private List<byte[]> bodies;

  @SuppressWarnings("NullAway.Init")
  private Evidence.Facts facts;

  @SuppressWarnings("NullAway.Init")
  private List<GenericRecord> rows;

  @Setup
  public void read() throws UnusableAnswer {
    responses = Recordings.game(GAME);
    bodies = responses.getAnswers().stream().map(answer -> answer.getBody().array()).toList();
    facts = Evidence.of(responses).facts().orElseThrow();
    rows = Answers.rows(responses);
    rows.forEach(GameBenchmark::complete);
  }

  /** What the topology adds to each row. */
  private static GenericRecord complete(GenericRecord row) {
    Schema schema = row.getSchema();
    row.put("_revision", 1);
    row.put(
        "_operation", new GenericData.EnumSymbol(schema.getField("_operation").schema(), "UPSERT"));
    row.put("_content_hash", "0".repeat(64));
    row.put("_fetched_at", 0L);
    row.put("_shape_version", "nhl-1");
    return row;
  }

  @Benchmark
  public void wholeWayFromBytesToEncodedRows(Blackhole out) {
    for (GenericRecord row : ((Shaped.Rows) shaper.shape(responses)).rows()) {
      out.consume(FORMAT.encode(complete(row)));
    }
  }

  @Benchmark
  public void step1ParseIntoRecords(Blackhole out) throws UnusableAnswer {
    for (ApiAnswer answer : responses.getAnswers()) {
      switch (answer.getEndpoint()) {
        case "play-by-play" -> out.consume(PLAYS.read(answer));
        case "boxscore" -> out.consume(BOX_SCORE.read(answer));
        default -> out.consume(SHIFTS.read(answer));
      }
    }
  }

  /** What step 1 would be with trees, before anything is taken out of them. */
  @Benchmark
  public void step1ParseIntoTreesInstead(Blackhole out) throws IOException {
    for (byte[] body : bodies) {
      JsonNode tree = TREES.readTree(body);
      out.consume(tree);
    }
  }

  @Benchmark
  public Evidence steps1And2ParseResolveAndCount() throws UnusableAnswer {
    return Evidence.of(responses);
  }

  @Benchmark
  public List<GenericRecord> step3LayOutRows() {
    return new RowWriter(facts, responses.getItem().getFirstDay()).rows();
  }

  @Benchmark
  public void step4EncodeRows(Blackhole out) {
    for (GenericRecord row : rows) {
      out.consume(FORMAT.encode(row));
    }
  }

  /** Not on the way to the rows, but on the way to knowing which of them are new. */
  @Benchmark
  public void contentHashesOfRows(Blackhole out) {
    for (GenericRecord row : rows) {
      out.consume(HASH.of(row));
    }
  }
}
