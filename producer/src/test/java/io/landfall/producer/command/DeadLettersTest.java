package io.landfall.producer.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.cli.ExitCode;
import io.landfall.cli.OutputFormat;
import io.landfall.cli.PrintableStream;
import io.landfall.producer.ProducerMain;
import io.landfall.producer.deadletter.Letter;
import io.landfall.producer.deadletter.Origin;
import io.landfall.producer.deadletter.Standing;
import io.landfall.producer.deadletter.Standing.State;
import io.landfall.producer.weather.WeatherConnector;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.DeadLetter;
import io.landfall.schemas.Dismissal;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.RecordHeader;
import io.landfall.schemas.SingleObjectFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands of dead letters say, without a broker. */
class DeadLettersTest {

  private static final String HOSTILE = "\u001b[2K\rOPEN  \u202e, \"quoted\"\nOPEN  forged ";
  private static final Origin ORIGIN = new Origin("w.answers.v1", 3, 17);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static Standing standing(State state) {
    return new Standing(
        new Letter(
            ORIGIN,
            Optional.of(ByteBuffer.wrap(HOSTILE.getBytes(UTF_8))),
            Optional.of("ab"),
            "UNSHAPEABLE",
            HOSTILE + "and so on ".repeat(20),
            "1.2.3",
            Instant.parse("2024-10-10T14:00:00Z")),
        true,
        OptionalLong.empty(),
        false,
        state,
        state == State.DISMISSED
            ? Optional.of(
                new Dismissal(
                    ORIGIN.topic(), ORIGIN.partition(), ORIGIN.offset(), "a test", Instant.EPOCH))
            : Optional.empty());
  }

  private String printed(OutputFormat format, Standing... standings) {
    PrintStream stream = new PrintStream(out, true, UTF_8);
    LetterPrinter.print(
        List.of(standings),
        format,
        format == OutputFormat.TABLE ? PrintableStream.over(stream) : stream);
    return out.toString(UTF_8);
  }

  @Test
  void theTableIsALineALetterAndSendsNothingToATerminal() {
    String shown = printed(OutputFormat.TABLE, standing(State.RESOLVED), standing(State.OPEN));
    assertThat(shown.lines()).hasSize(5);
    assertThat(shown)
        .contains("w.answers.v1-3@17", "\\u001b[2K\\r", "(2 dead letters, 1 open)", "…")
        .doesNotContain("\u001b", "\u202e", "\r");
    assertThat(shown.lines().skip(1).limit(2)).allMatch(line -> line.length() < 260);
  }

  @Test
  void whatIsForMachinesIsExactAndWhole() {
    String csv = printed(OutputFormat.CSV, standing(State.OPEN));
    assertThat(csv)
        .startsWith("state,origin,item,failed_at,reason,code_version,detail")
        .contains("\"" + HOSTILE.replace("\"", "\"\"") + "\"")
        .contains("and so on and so on and so on and so on and so on and so on and so on");
    out.reset();
    assertThat(printed(OutputFormat.JSON, standing(State.OPEN)).lines())
        .singleElement()
        .asString()
        .contains("\"state\":\"OPEN\"", "\"origin\":\"w.answers.v1-3@17\"", "\\u001B[2K\\rOPEN");
  }

  private static DeadLetter letter(byte[] value) {
    return new DeadLetter(
        ORIGIN.topic(),
        ORIGIN.partition(),
        ORIGIN.offset(),
        ByteBuffer.wrap(new byte[] {(byte) 0xFF, 1}),
        ByteBuffer.wrap(value),
        Instant.EPOCH,
        List.of(new RecordHeader("trace", ByteBuffer.wrap("abc".getBytes(UTF_8)))),
        true,
        "UNSHAPEABLE",
        "no",
        "1.2.3",
        Instant.EPOCH);
  }

  @Test
  void showTellsTheAnswersByEndpoint() {
    Item item = new Item("k", LocalDate.EPOCH, LocalDate.EPOCH, "k", ItemState.AVAILABLE, Map.of());
    ApiAnswer answer =
        new ApiAnswer(
            "air",
            "http://w/air/k",
            200,
            "application/json",
            Instant.EPOCH,
            "abcdef",
            ByteBuffer.wrap(new byte[1234]));
    byte[] value =
        SingleObjectFormat.of(ItemAnswers.class)
            .encode(
                new ItemAnswers(item, Instant.EPOCH, List.of(answer), List.of(), null, true, 1, 1));
    assertThat(
            DeadLettersShowCommand.lines(letter(value), ORIGIN, Optional.of(standing(State.OPEN))))
        .contains(
            "Dead letter w.answers.v1-3@17",
            "  item          0xff01",
            "  header        trace: abc",
            "  answer        air  1,234 bytes  SHA-256 abcdef  http://w/air/k")
        .anyMatch(line -> line.contains("OPEN, the archive has nothing later"));
  }

  @Test
  void showTellsWhyOneWasDismissed() {
    assertThat(
            DeadLettersShowCommand.lines(
                letter(new byte[1]), ORIGIN, Optional.of(standing(State.DISMISSED))))
        .contains("  dismissed     1970-01-01T00:00:00Z: a test");
  }

  @Test
  void showTellsWhatIsNoAnswer() {
    assertThat(DeadLettersShowCommand.lines(letter(new byte[] {1, 2}), ORIGIN, Optional.empty()))
        .anyMatch(line -> line.contains("2 bytes, SHA-256 "))
        .anyMatch(line -> line.contains("not an item's answers"));
  }

  @ParameterizedTest
  @CsvSource({
    "dead-letters replay, Which dead letters?",
    "dead-letters replay --all w.answers.v1-3@17, one or the other",
    "dead-letters dismiss --because x, Which dead letters?",
    "dead-letters dismiss w.answers.v1-3@17, --because",
    "dead-letters replay 17, expected topic-partition@offset",
    "dead-letters show, ORIGIN is missing",
    "dead-letters shw, Did you mean show?",
    "dead-letters, a command is missing"
  })
  void whatMakesNoSenseIsToldBeforeAnythingIsAsked(String line, String told) {
    ExitCode code =
        ProducerMain.program(new WeatherConnector(), Clock.systemUTC())
            .run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                line.split(" "));
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains(told);
  }

  @Test
  void statusCountsThoseThatAreOpen() {
    assertThat(StatusCommand.open(List.of(standing(State.RESOLVED), standing(State.DISMISSED)), ""))
        .isEqualTo("No open dead letter, 1 dismissed, 1 resolved");
    assertThat(StatusCommand.open(List.of(), "")).isEqualTo("No open dead letter");
    assertThat(StatusCommand.open(List.of(standing(State.OPEN), standing(State.RESOLVED)), ""))
        .startsWith("1 dead letter open, 1 resolved; the newest, w.answers.v1-3@17: UNSHAPEABLE, ")
        .endsWith("producer dead-letters list");
  }
}
