package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Definitions;
import io.landfall.producer.rest.RestConnector;
import io.landfall.producer.source.Connector;
import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/** One collection that is read by a definition, and what becomes of it. */
final class World implements AutoCloseable {

  /** When each begins. */
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static final int RECORDS = 60;

  final Random random;
  final SimulatedCollection collection;
  final TickingClock clock = new TickingClock(NOW);
  final String definition;
  final LandedInMemory landed;
  final FetchedInMemory fetched;
  final ShapedInMemory shaped;

  World(String yaml, long seed) throws Exception {
    this.random = new Random(seed);
    this.collection = SimulatedCollection.of(seed, RECORDS).spanning(Duration.ofDays(3)).start(0);
    this.definition =
        yaml.formatted(collection.apiUrl())
            + "    keep-record: %s\n".formatted(seed % 2 == 0 ? "none" : "text");
    this.landed = new LandedInMemory(definition, clock);
    this.fetched = landed.fetched;
    this.shaped = landed.shaped;
  }

  void pass(Duration time) {
    clock.pass(time);
    collection.advanceClock(time);
  }

  void run() throws Exception {
    landed.run(1 + random.nextInt(3), 1 + random.nextInt(4));
  }

  /** One that may be killed between two transactions, and is begun again. */
  void runThatMayDie() throws Exception {
    fetched.dieAfter(random.nextInt(12));
    try {
      run();
    } catch (FetchedInMemory.Killed e) {
      // As a process is; shape may go on with what was recorded.
      if (random.nextBoolean()) {
        shaped.shape(fetched.archive);
      }
    }
    fetched.dieAfter(Integer.MAX_VALUE);
    run();
    if (random.nextBoolean()) {
      shaped.shape(fetched.archive);
    }
  }

  void live(Set<Misbehaviour> kinds, long seed, int runs, Duration most) throws Exception {
    collection.lateByAtMost(Duration.ofMinutes(90));
    run();
    collection.script(seed, kinds);
    for (int i = 0; i < runs; i++) {
      pass(Duration.ofMinutes(1 + random.nextInt((int) most.toMinutes())));
      runThatMayDie();
    }
    collection.still();
  }

  /** As long as looks are planned because of what happened, and a little longer. */
  void rest(int days) throws Exception {
    for (int day = 0; day < days; day++) {
      pass(Duration.ofHours(25));
      run();
      shaped.shape(fetched.archive);
    }
  }

  void proven(String what) throws Exception {
    String as = what + " acted " + collection.acted();
    assertThat(rows(shaped.inForce())).as(as).isEqualTo(truth(collection.current()));
    assertThat(shaped.deadLetters).as(as).isEmpty();
    for (LedgerEntry entry : fetched.known().entries().values()) {
      boolean isDone =
          Set.of(ItemStatus.FETCHED, ItemStatus.SETTLED, ItemStatus.VOID)
              .contains(entry.getStatus());
      assertThat(isDone || entry.getReason() != null).as("%s: %s", as, entry).isTrue();
    }
    try (ShapedInMemory anew = new ShapedInMemory(landed.connector.resources().get(0))) {
      anew.shape(fetched.archive);
      assertThat(anew.landing).as("from the beginning; " + as).isEqualTo(shaped.landing);
    }
    answersProven(as);
  }

  /** Each answer is a row, in its order, where it says something else than the one before. */
  private void answersProven(String as) throws Exception {
    List<Connector> datasets =
        new RestConnector(
                Definitions.read("collection.yaml", definition + "answers-table: true\n"),
                Map.of(),
                clock)
            .resources();
    List<String> expected = new ArrayList<>();
    Map<String, String> last = new HashMap<>();
    for (ItemAnswers look : fetched.archive) {
      for (ApiAnswer answer : look.getAnswers()) {
        expect(look, answer, last, expected);
      }
      for (AnswerNotInForce kept : look.getNotInForce()) {
        expect(look, kept.getAnswer(), last, expected);
      }
    }
    try (ShapedInMemory answers = new ShapedInMemory(datasets.get(datasets.size() - 1))) {
      answers.shape(fetched.archive);
      assertThat(answers.deadLetters).as(as).isEmpty();
      assertThat(answers.landing.stream().map(World::told))
          .as(as)
          .containsExactlyElementsOf(expected);
    }
  }

  private static void expect(
      ItemAnswers look, ApiAnswer answer, Map<String, String> last, List<String> expected) {
    boolean isInForce = look.getAnswers().contains(answer);
    String key = "%s %s %s".formatted(look.getItem().getKey(), answer.getEndpoint(), isInForce);
    String says = "%d %s".formatted(answer.getStatus(), answer.getSha256());
    if (!says.equals(last.put(key, says))) {
      expected.add(key + " " + says);
    }
  }

  private static String told(GenericRecord row) {
    return "%s %s %s %s %s"
        .formatted(
            row.get("item"),
            row.get("request"),
            row.get("in_force"),
            row.get("status"),
            row.get("sha256"));
  }

  private static Map<String, String> rows(Map<String, GenericRecord> rows) {
    return rows.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                row -> {
                  GenericRecord it = row.getValue();
                  return "%s %s %s %s"
                      .formatted(
                          it.get("name"),
                          it.get("count"),
                          time(it.get("happened")),
                          time(it.get("updated")));
                },
                (one, other) -> other,
                TreeMap::new));
  }

  private static Instant time(Object value) {
    return value instanceof Instant instant
        ? instant
        : Instant.ofEpochSecond((Long) value / 1_000_000);
  }

  private static Map<String, String> truth(Map<String, JsonNode> records) {
    return records.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                one -> {
                  JsonNode it = one.getValue();
                  return "%s %s %s %s"
                      .formatted(
                          it.get("name").asText(),
                          it.get("count").asInt(),
                          Instant.parse(it.get("happened").asText()),
                          Instant.parse(it.get("updated").asText()));
                },
                (one, other) -> other,
                TreeMap::new));
  }

  @Override
  public void close() {
    landed.close();
    collection.close();
  }
}
