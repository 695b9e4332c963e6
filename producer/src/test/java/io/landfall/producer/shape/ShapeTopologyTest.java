package io.landfall.producer.shape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.producer.nhl.stats.Games;
import io.landfall.producer.nhl.stats.NhlItem;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RecordHeader;
import io.landfall.schemas.RevisionCause;
import io.landfall.schemas.RowInForce;
import io.landfall.schemas.RowsInForce;
import io.landfall.schemas.SingleObjectFormat;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import io.landfall.schemas.nhl.NhlDatasets;
import io.landfall.schemas.nhl.PlayerGameStats;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.internals.ExceptionHandlerUtils;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topology with a small shaper: a body "A=1,B=2" is a row for each player with his goals. */
class ShapeTopologyTest {

  private static final SingleObjectFormat<ItemAnswers> RESPONSES =
      SingleObjectFormat.of(ItemAnswers.class);
  private static final Instant FETCHED = Instant.parse("2024-10-10T14:00:00Z");

  private static final ItemRows.Place HERE = new ItemRows.Place("an id", 5);

  private static final Topics TOPICS = NhlDatasets.PLAYER_GAME_STATS.topics();

  @TempDir Path stateDir;

  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> responses;
  private TestOutputTopic<String, byte[]> landing;
  private TestOutputTopic<String, byte[]> manifests;
  private TestOutputTopic<String, byte[]> deadLetters;

  @BeforeEach
  void start() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    driver =
        new TopologyTestDriver(
            ShapeTopology.of(
                TOPICS, "an id", new GoalsShaper(), new ShapeCounts(), Clock.systemUTC()),
            settings);
    responses =
        driver.createInputTopic(
            TOPICS.answers().name(), new StringSerializer(), new ByteArraySerializer());
    landing = output(TOPICS.landing().name());
    manifests = output(TOPICS.manifests().name());
    deadLetters = output(TOPICS.deadLetters().name());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private TestOutputTopic<String, byte[]> output(String topic) {
    return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static final class GoalsShaper implements Shaper {
    @Override
    public String version() {
      return "test";
    }

    @Override
    public Shaped shape(ItemAnswers game) {
      String text = new String(game.getAnswers().get(0).getBody().array(), UTF_8);
      if (text.isEmpty()) {
        return new Shaped.Waiting("plays");
      }
      if (text.startsWith("!")) {
        return new Shaped.Unusable(text);
      }
      if (text.equals("endless")) {
        return shape(game);
      }
      if (text.equals("large")) {
        GenericRecord row = row(game, new String[] {"B", "2"});
        row.put("playerTeam", "x".repeat(Topic.MAX_RECORD_BYTES));
        return new Shaped.Rows("plays", List.of(row(game, new String[] {"A", "1"}), row));
      }
      return new Shaped.Rows(
          "plays", Arrays.stream(text.split(",")).map(row -> row(game, row.split("="))).toList());
    }

    private static GenericRecord row(ItemAnswers game, String[] playerAndGoals) {
      GenericRecord row = new GenericData.Record(PlayerGameStats.getClassSchema());
      row.put("playerId", playerAndGoals[0]);
      row.put("gameId", NhlItem.gameId(game.getItem()));
      row.put("situation", "all");
      row.put("playerTeam", "BUF");
      row.put("season", 20242025);
      row.put("I_F_goals", Integer.valueOf(playerAndGoals[1]));
      row.put("_coverage", "plays");
      return row;
    }
  }

  private void game(String body) {
    responses.pipeInput("7", answers(body));
  }

  private static byte[] answers(String body) {
    ApiAnswer answer =
        new ApiAnswer(
            "play-by-play",
            "http://x",
            200,
            "application/json",
            FETCHED,
            "ab",
            ByteBuffer.wrap(body.getBytes(UTF_8)));
    return RESPONSES.encode(
        new ItemAnswers(
            Games.of(7, LocalDate.parse("2024-10-09"), 2, "OFF", "BUF", "NJD"),
            FETCHED,
            List.of(answer),
            List.of(),
            null,
            true,
            1,
            1));
  }

  private List<String> emitted() {
    return landing.readKeyValuesToList().stream().map(ShapeTopologyTest::describe).toList();
  }

  private static String describe(KeyValue<String, byte[]> row) {
    try {
      GenericRecord record =
          SingleObjectFormat.generic(PlayerGameStats.getClassSchema()).decode(row.value);
      return "%s %s goals %s revision %s"
          .formatted(
              row.key, record.get("_operation"), record.get("I_F_goals"), record.get("_revision"));
    } catch (SingleObjectFormat.Undecodable e) {
      throw new AssertionError(e);
    }
  }

  private Manifest manifest() throws Exception {
    return SingleObjectFormat.of(Manifest.class).decode(manifests.readValue());
  }

  @Test
  void theFirstAnswersEmitEveryRow() throws Exception {
    game("A=1,B=2");
    assertThat(emitted())
        .containsExactly("A/7/all UPSERT goals 1 revision 1", "B/7/all UPSERT goals 2 revision 1");
    Manifest manifest = manifest();
    assertThat(manifest.getRowsEmitted()).isEqualTo(2);
    assertThat(manifest.getRowsInForce()).isEqualTo(2);
  }

  @Test
  void theSameRowsAgainEmitNothing() {
    game("A=1,B=2");
    emitted();
    manifests.readValuesToList();
    game("B=2,A=1");
    assertThat(emitted()).isEmpty();
    assertThat(manifests.isEmpty()).isTrue();
  }

  @Test
  void aCorrectionEmitsTheChangedRowAlone() throws Exception {
    game("A=1,B=2");
    emitted();
    manifest();
    game("A=1,B=3");
    assertThat(emitted()).containsExactly("B/7/all UPSERT goals 3 revision 2");
    Manifest manifest = manifest();
    assertThat(manifest.getRevision()).isEqualTo(2);
    assertThat(manifest.getRowsEmitted()).isEqualTo(1);
    assertThat(manifest.getRowsInForce()).isEqualTo(2);
  }

  @Test
  void aRowThatIsGoneIsRetracted() throws Exception {
    game("A=1,B=2");
    emitted();
    manifest();
    game("A=1");
    assertThat(emitted()).containsExactly("B/7/all RETRACT goals null revision 2");
    Manifest manifest = manifest();
    assertThat(manifest.getRowsRetracted()).isEqualTo(1);
    assertThat(manifest.getRowsInForce()).isEqualTo(1);
  }

  @Test
  void aRowThatComesBackIsEmittedAgain() {
    game("A=1,B=2");
    game("A=1");
    emitted();
    game("A=1,B=2");
    assertThat(emitted()).containsExactly("B/7/all UPSERT goals 2 revision 3");
  }

  @Test
  void theManifestsHashIsTheSumOfTheRowsInForce() throws Exception {
    game("A=1,B=2");
    List<String> hashes =
        landing.readValuesToList().stream()
            .map(
                value -> {
                  try {
                    return SingleObjectFormat.generic(PlayerGameStats.getClassSchema())
                        .decode(value)
                        .get("_content_hash")
                        .toString();
                  } catch (SingleObjectFormat.Undecodable e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    assertThat(manifest().getHashInForce()).isEqualTo(ContentHash.sum(hashes));
  }

  @Test
  void whatCannotBeShapedIsADeadLetterAndTheFlowGoesOn() throws Exception {
    game("! no plays");
    game("A=1");
    DeadLetter letter = SingleObjectFormat.of(DeadLetter.class).decode(deadLetters.readValue());
    assertThat(letter.getReason()).isEqualTo("UNSHAPEABLE");
    assertThat(letter.getDetail()).isEqualTo("! no plays");
    assertThat(emitted()).hasSize(1);
  }

  private DeadLetter letter() throws Exception {
    return SingleObjectFormat.of(DeadLetter.class).decode(deadLetters.readValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A=one", "A=1,A=2", "B=1,A=1,A=2", "endless", "large", "! no plays"})
  void whateverGoesWrongWithOneItemIsADeadLetterAndLeavesNoRow(String body) throws Exception {
    game(body);
    assertThat(landing.isEmpty()).as("rows").isTrue();
    Manifest manifest = SingleObjectFormat.of(Manifest.class).decode(manifests.readValue());
    assertThat(manifest.getCause()).isEqualTo(RevisionCause.DEAD_LETTER);
    assertThat(manifests.isEmpty()).as("manifests").isTrue();
    DeadLetter letter = letter();
    assertThat(letter.getReason()).isEqualTo(body.equals("large") ? "TOO_LARGE" : "UNSHAPEABLE");
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(answers(body)));
    game("A=1,B=2");
    assertThat(emitted())
        .containsExactly("A/7/all UPSERT goals 1 revision 1", "B/7/all UPSERT goals 2 revision 1");
  }

  @Test
  void aLetterHasAllOfTheRecordAndTheHeadersOfKafkaStreams() throws Exception {
    Headers headers =
        new RecordHeaders()
            .add("trace", new byte[] {1})
            .add("trace", new byte[] {2})
            .add("nothing", null);
    byte[] key = {(byte) 0xFF, '7'};
    Instant timestamp = Instant.ofEpochMilli(1_700_000_000_123L);
    driver
        .createInputTopic(
            TOPICS.answers().name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, new byte[] {1, 2, 3}, headers, timestamp));
    TestRecord<String, byte[]> record = deadLetters.readRecord();
    DeadLetter letter = SingleObjectFormat.of(DeadLetter.class).decode(record.value());
    assertThat(letter.getKey()).as("not UTF-8").isEqualTo(ByteBuffer.wrap(key));
    assertThat(letter.getTimestamp()).isEqualTo(timestamp);
    assertThat(letter.getHeaders())
        .containsExactly(
            new RecordHeader("trace", ByteBuffer.wrap(new byte[] {1})),
            new RecordHeader("trace", ByteBuffer.wrap(new byte[] {2})),
            new RecordHeader("nothing", null));
    assertThat(letter.getComplete()).isTrue();
    assertThat(record.getRecordTime()).isEqualTo(timestamp);
    assertThat(record.headers().toArray()).startsWith(headers.toArray());
    assertThat(header(record, ExceptionHandlerUtils.HEADER_ERRORS_EXCEPTION_NAME))
        .isEqualTo(SingleObjectFormat.Undecodable.class.getName());
    assertThat(header(record, ExceptionHandlerUtils.HEADER_ERRORS_EXCEPTION_MESSAGE_NAME))
        .isEqualTo(letter.getDetail());
    assertThat(header(record, ExceptionHandlerUtils.HEADER_ERRORS_STACKTRACE_NAME))
        .contains("at io.landfall");
    assertThat(header(record, ExceptionHandlerUtils.HEADER_ERRORS_TOPIC_NAME))
        .isEqualTo(TOPICS.answers().name());
    assertThat(header(record, ExceptionHandlerUtils.HEADER_ERRORS_PARTITION_NAME)).isEqualTo("0");
    assertThat(header(record, ExceptionHandlerUtils.HEADER_ERRORS_OFFSET_NAME)).isEqualTo("0");
  }

  private static String header(TestRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Test
  void aRecordThatIsTooLargeForALetterStaysWhereItIs() throws Exception {
    Headers headers = new RecordHeaders().add("large", new byte[Topic.MAX_RECORD_BYTES]);
    responses.pipeInput(new TestRecord<>("7", new byte[Topic.MAX_RECORD_BYTES], headers));
    TestRecord<String, byte[]> record = deadLetters.readRecord();
    assertThat(record.value()).hasSizeLessThan(10_000);
    assertThat(record.headers().lastHeader("large")).isNull();
    DeadLetter letter = SingleObjectFormat.of(DeadLetter.class).decode(record.value());
    assertThat(letter.getComplete()).isFalse();
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(new byte[] {'7'}));
    assertThat(letter.getValue()).isNull();

    responses.pipeInput("7", new byte[Topic.MAX_RECORD_BYTES]);
    assertThat(letter().getComplete()).as("as large as a record of the archive may be").isTrue();
  }

  @Test
  void aRecordWithoutATimestampIsShapedLikeAnyOther() {
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            "t",
            0,
            0,
            ConsumerRecord.NO_TIMESTAMP,
            TimestampType.CREATE_TIME,
            0,
            0,
            "",
            "",
            new RecordHeaders(),
            Optional.empty());
    assertThat(ShapeTopology.timestamp(record, -1)).isZero();
    assertThat(ShapeTopology.timestamp(record, 5)).isEqualTo(5);
  }

  @Test
  void whatCannotBeDecodedIsADeadLetterWithItsBytes() throws Exception {
    responses.pipeInput("7", new byte[] {1, 2, 3});
    DeadLetter letter = SingleObjectFormat.of(DeadLetter.class).decode(deadLetters.readValue());
    assertThat(letter.getReason()).isEqualTo("UNDECODABLE");
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  @Test
  void whatHasNoValueIsADeadLetterAndTheFlowGoesOn() throws Exception {
    responses.pipeInput("7", null);
    assertThat(SingleObjectFormat.of(DeadLetter.class).decode(deadLetters.readValue()).getReason())
        .isEqualTo("UNDECODABLE");
    game("A=1");
    assertThat(emitted()).hasSize(1);
  }

  @Test
  void answersUnderAnotherItemsKeyTouchNeither() throws Exception {
    game("A=1,B=2");
    emitted();
    responses.pipeInput("8", answers("A=1"));
    assertThat(emitted()).isEmpty();
    assertThat(SingleObjectFormat.of(DeadLetter.class).decode(deadLetters.readValue()).getDetail())
        .contains("key is 8, and its item 7");
  }

  @Test
  void rowsInForceAreFoundByTheNamesOfTheirColumns() throws Exception {
    ItemRows rows = new ItemRows(NhlDatasets.PLAYER_GAME_STATS, "test");
    ItemAnswers game = RESPONSES.decode(answers("A=1,B=2"));
    Shaped.Rows shaped = (Shaped.Rows) new GoalsShaper().shape(game);
    RowsInForce now = rows.change(game, shaped, ItemRows.NOTHING_YET, HERE).orElseThrow().inForce();
    RowsInForce kept =
        new RowsInForce(
            1,
            reversed(now.getColumns()),
            now.getRows().stream()
                .map(row -> new RowInForce(reversed(row.getValues()), row.getContentHash()))
                .toList(),
            5L,
            FETCHED,
            "an id",
            "plays",
            0);
    assertThat(rows.change(game, shaped, kept, HERE)).isEmpty();
    RowsInForce others = RowsInForce.newBuilder(kept).setColumns(List.of("station")).build();
    assertThatThrownBy(() -> rows.change(game, shaped, others, HERE))
        .hasMessageContaining("kept by [station], without playerId");
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  @Test
  void whatIsStillWaitingChangesNothing() {
    game("A=1");
    emitted();
    game("");
    assertThat(emitted()).isEmpty();
    assertThat(deadLetters.isEmpty()).isTrue();
  }
}
