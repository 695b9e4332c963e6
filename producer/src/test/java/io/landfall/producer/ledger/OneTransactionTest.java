package io.landfall.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.LandfallException;
import io.landfall.producer.source.FetchOutcome;
import io.landfall.producer.source.FetchOutcome.Missing;
import io.landfall.producer.source.Sequel;
import io.landfall.producer.testing.TestBroker;
import io.landfall.producer.weather.WeatherConnector;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.Item;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.ItemState;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import io.landfall.schemas.Topic;
import io.landfall.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers in several records, the position that they reach to, and the items that they name. */
class OneTransactionTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-25");

  @TempDir static Path folder;
  private static TestBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(folder.resolve("kafka"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void areRecordedAllOrNoneOfThem() throws Exception {
    Map<String, Object> connection = Map.of("bootstrap.servers", broker.address());
    Topics topics = new WeatherConnector().dataset().withTopicPrefix("one.").topics();
    try (Admin admin = Admin.create(connection)) {
      admin
          .createTopics(
              topics.all().stream()
                  .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                  .toList())
          .all()
          .get();
    }
    Item parent = item("tickets/changes");
    Update child = Update.of(Entries.listed(item("events/1")));
    try (KafkaLedger ledger = KafkaLedger.open(connection, topics)) {
      Update tooLarge =
          new Update(List.of(part(item("events/2"), 1, 1, Topic.MAX_RECORD_BYTES)), child.entry());
      assertThatThrownBy(
              () ->
                  ledger.record(
                      List.of(update(parent, "2026-11-25T11:00:00Z"), child, tooLarge),
                      Optional.empty()))
          .isInstanceOf(LandfallException.class);
    }
    assertThat(KafkaLedger.read(connection, topics).entries()).isEmpty();
    try (KafkaLedger ledger = KafkaLedger.open(connection, topics)) {
      assertThat(ledger.known().entries()).isEmpty();
      ledger.record(List.of(update(parent, "2026-11-25T11:00:00Z"), child), Optional.empty());
    }
    try (KafkaLedger ledger = KafkaLedger.open(connection, topics)) {
      LedgerEntry entry = ledger.entry("tickets/changes").orElseThrow();
      assertThat(entry.getPosition()).containsEntry("since", "2026-11-25T11:00:00Z");
      assertThat(ledger.entry("events/1").orElseThrow().getStatus()).isEqualTo(ItemStatus.EXPECTED);
      ItemAnswers whole = ledger.answers(entry).orElseThrow();
      assertThat(whole.getAnswers())
          .extracting(ApiAnswer::getEndpoint)
          .containsExactly("page-1", "page-2", "page-3");
      assertThat(whole.getParts()).isEqualTo(1);
    }
  }

  private static Item item(String key) {
    return new Item(key, DAY, DAY, key, ItemState.AVAILABLE, Map.of());
  }

  private static Update update(Item item, String since) {
    List<ItemAnswers> parts =
        List.of(part(item, 1, 3, 10), part(item, 2, 3, 10), part(item, 3, 3, 10));
    Sequel sequel =
        new Sequel(
            Optional.of(Map.of("since", since)),
            new Sequel.Next.AtOnce(),
            List.of(),
            true,
            List.of());
    FetchOutcome outcome =
        new FetchOutcome.Fetched(parts.get(0), Missing.NOTHING, Map.of(), Map.of(), sequel);
    return new Update(parts, Entries.after(Entries.listed(item), outcome, NOW));
  }

  private static ItemAnswers part(Item item, int part, int parts, int bytes) {
    ApiAnswer answer =
        new ApiAnswer(
            "page-" + part,
            "http://localhost",
            200,
            "application/json",
            NOW,
            "ab",
            ByteBuffer.allocate(bytes));
    return ItemAnswers.newBuilder()
        .setItem(item)
        .setFetchedAt(NOW)
        .setAnswers(List.of(answer))
        .setPart(part)
        .setParts(parts)
        .build();
  }
}
