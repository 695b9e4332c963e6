package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedCollectionTest {

  private SimulatedCollection collection;
  private Reader reader;

  @BeforeEach
  void start() throws IOException {
    collection = SimulatedCollection.of(7, 230).start(0);
    reader = new Reader(collection);
  }

  @AfterEach
  void close() {
    collection.close();
  }

  @Test
  void everyPagingInEveryFormAndOrderGivesExactlyTheCollection() throws Exception {
    Map<String, JsonNode> current = collection.current();
    assertThat(current).hasSize(230);
    for (Paging paging : Paging.values()) {
      for (Form form : Form.values()) {
        if (form == Form.LIST || (form == Form.PAIR && paging == Paging.OFFSET)) {
          for (Order order : Order.values()) {
            for (String direction : List.of("asc", "desc")) {
              String query =
                  "limit=70&sort=%s&direction=%s".formatted(Query.word(order), direction);
              List<JsonNode> read = reader.list(paging, form, query);
              assertThat(read).as("%s %s %s", paging, form, query).hasSize(230);
              assertThat(byId(read)).isEqualTo(current);
            }
          }
        }
      }
    }
  }

  @Test
  void everyFormHasTheSameRecords() throws Exception {
    Map<String, JsonNode> current = collection.current();
    assertThat(reader.all(Paging.NONE, Form.ARRAY, "")).isEqualTo(current);
    assertThat(reader.all(Paging.LINK, Form.ARRAY, "limit=50")).isEqualTo(current);
    assertThat(reader.all(Paging.PAGE, Form.PAIR, "limit=50")).isEqualTo(current);
    assertThat(asObjects(reader.all(Paging.TOKEN, Form.OBJECT, "limit=50")))
        .isEqualTo(asObjects(current));
    Map<String, JsonNode> columns = reader.all(Paging.AFTER, Form.COLUMNS, "limit=50");
    current.forEach(
        (id, record) ->
            record
                .properties()
                .forEach(
                    one ->
                        assertThat(columns.getOrDefault(id, NullNode.instance).get(one.getKey()))
                            .isEqualTo(one.getValue())));
    assertThat(reader.get("/v1/records?paging=token&form=array").statusCode()).isEqualTo(400);
  }

  @Test
  void theSameSeedGivesTheSameRecords() throws Exception {
    try (SimulatedCollection same = SimulatedCollection.of(7, 230).start(0);
        SimulatedCollection other = SimulatedCollection.of(8, 230).start(0)) {
      assertThat(same.current()).isEqualTo(collection.current());
      assertThat(other.current()).isNotEqualTo(collection.current());
    }
  }

  @Test
  void someRecordsLackWhatOthersHave() {
    List<JsonNode> records = List.copyOf(collection.current().values());
    assertThat(records).anyMatch(one -> !one.has("place")).anyMatch(one -> one.has("place"));
    assertThat(records)
        .anyMatch(one -> !one.has("note"))
        .anyMatch(one -> one.path("note").isNull());
    assertThat(records).anyMatch(one -> one.get("value").isNull());
  }

  @Test
  void boundsCountOnBothSides() throws Exception {
    JsonNode one = List.copyOf(collection.current().values()).get(100);
    String happened = one.get("happened").asText();
    String updated = one.get("updated").asText();
    assertThat(reader.all(Paging.NONE, Form.LIST, "from=%s&to=%s".formatted(happened, happened)))
        .containsKey(one.get("id").asText())
        .allSatisfy(
            (id, record) -> assertThat(record.get("happened").asText()).isEqualTo(happened));
    Map<String, JsonNode> since = reader.all(Paging.NONE, Form.LIST, "since=" + updated);
    assertThat(since).containsKey(one.get("id").asText());
    assertThat(since.keySet())
        .isEqualTo(
            collection.current().values().stream()
                .filter(record -> record.get("updated").asText().compareTo(updated) >= 0)
                .map(record -> record.get("id").asText())
                .collect(Collectors.toSet()));
  }

  @Test
  void timesMayBeWrittenInSeveralWays() throws Exception {
    long count = reader.json("/v1/count?since=2026-10-20T00:00:00Z").get("count").asLong();
    assertThat(count).isBetween(1L, 229L);
    for (String since :
        List.of("2026-10-20", "2026-10-20T00:00:00", "1792454400", "1792454400000")) {
      assertThat(reader.json("/v1/count?since=" + since).get("count").asLong()).isEqualTo(count);
    }
    assertThat(reader.json("/v1/count?since=yesterday").get("message").asText())
        .contains("since must be a time", "\"yesterday\"");
  }

  @Test
  void windowsPartTheCollection() throws Exception {
    Map<String, JsonNode> all = new TreeMap<>();
    for (int day = 1; day <= 31; day++) {
      all.putAll(
          reader.all(
              Paging.NONE,
              Form.LIST,
              "from=2026-10-%02dT00:00:00Z&to=2026-10-%02dT23:59:59Z".formatted(day, day)));
    }
    assertThat(all.keySet())
        .isEqualTo(
            collection.current().values().stream()
                .filter(record -> record.get("happened").asText().startsWith("2026-10"))
                .map(record -> record.get("id").asText())
                .collect(Collectors.toSet()));
  }

  @Test
  void moreThanOneAnswerMayHaveIsRefused() throws Exception {
    try (SimulatedCollection capped = SimulatedCollection.of(7, 230).cappedAt(200).start(0)) {
      HttpResponse<byte[]> answer = new Reader(capped).get("/v1/records?paging=none");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(text(answer)).contains("230 records match", "200");
    }
  }

  @Test
  void whatIsWrongWithARequestIsSaid() throws Exception {
    assertThat(text(reader.get("/v1/records?form=tree"))).contains("list, array, pair");
    assertThat(text(reader.get("/v1/records?pagesize=5"))).contains("no such parameter: pagesize");
    assertThat(text(reader.get("/v1/records?limit=0"))).contains("from 1 to 20000");
    assertThat(text(reader.get("/v1/records?paging=token&token=x"))).contains("token must be one");
    assertThat(text(reader.get("/v1/records?paging=after&starting_after=r9999999")))
        .contains("no such record: r9999999");
    assertThat(reader.get("/v1/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void aRecordAndItsPartsAreThereUntilItIsDeleted() throws Exception {
    String id = collection.current().firstKey();
    assertThat(reader.json("/v1/records/" + id)).isEqualTo(collection.current().get(id));
    assertThat(reader.get("/v1/records/r0009999").statusCode()).isEqualTo(404);
    JsonNode parts = reader.json("/v1/records/" + id + "/parts").get("parts");
    parts.forEach(part -> assertThat(part.get("record").asText()).isEqualTo(id));
    collection.change(Misbehaviour.DELETE, 1);
    Map<String, JsonNode> told = reader.all(Paging.LINK, Form.LIST, "includedeleted=true");
    JsonNode deleted =
        told.values().stream()
            .filter(record -> record.get("status").asText().equals("deleted"))
            .findFirst()
            .orElseThrow();
    String gone = deleted.get("id").asText();
    assertThat(collection.current()).hasSize(229).doesNotContainKey(gone);
    assertThat(reader.get("/v1/records/" + gone).statusCode()).isEqualTo(410);
    assertThat(reader.get("/v1/records/" + gone + "/parts").statusCode()).isEqualTo(410);
    assertThat(reader.all(Paging.LINK, Form.LIST, "")).isEqualTo(collection.current());
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() throws Exception {
    HttpResponse<byte[]> first = reader.get("/v1/records?limit=10");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> second = reader.get("/v1/records?limit=10", "If-None-Match", tag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(second.headers().firstValue("ETag")).hasValue(tag);
    collection.change(Misbehaviour.EDIT_SILENTLY, 200);
    assertThat(reader.get("/v1/records?limit=10", "If-None-Match", tag).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theClockIsTheCollectionsOwn() throws Exception {
    HttpResponse<byte[]> first = reader.get("/v1/records?limit=1");
    assertThat(first.headers().firstValue("Date")).hasValue("Sun, 1 Nov 2026 00:00:00 GMT");
    collection.advanceClock(Duration.ofDays(1));
    assertThat(reader.get("/v1/records?limit=1").headers().firstValue("Date"))
        .hasValue("Mon, 2 Nov 2026 00:00:01 GMT");
    assertThat(reader.post("/sandbox/clock?advance=PT1H").get("now").asText())
        .isEqualTo("2026-11-02T01:00:02Z");
  }

  @Test
  void anHourHasItsLimit() throws Exception {
    try (SimulatedCollection limited = SimulatedCollection.of(7, 9).answeringHourly(2).start(0)) {
      Reader asking = new Reader(limited);
      HttpResponse<byte[]> first = asking.get("/v1/records");
      assertThat(first.headers().firstValue("X-RateLimit-Remaining")).hasValue("1");
      assertThat(first.headers().firstValue("X-RateLimit-Reset")).hasValue("1793494800");
      assertThat(asking.get("/v1/records").statusCode()).isEqualTo(200);
      HttpResponse<byte[]> over = asking.get("/v1/records");
      assertThat(over.statusCode()).isEqualTo(429);
      assertThat(over.headers().firstValue("Retry-After")).hasValue("3598");
      limited.advanceClock(Duration.ofHours(1));
      assertThat(asking.get("/v1/records").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void controlsSayWhatWasAskedAndWhatIsTrue() throws Exception {
    reader.get("/v1/records?limit=3");
    JsonNode requests = reader.json("/sandbox/requests");
    assertThat(requests.at("/requests/0").asText()).isEqualTo("GET /v1/records?limit=3");
    assertThat(requests.at("/answers/200").asInt()).isEqualTo(1);
    assertThat(reader.json("/sandbox/truth").get("records")).hasSize(230);
    assertThat(reader.post("/sandbox/change?kind=insert&times=2").get("times").asInt())
        .isEqualTo(2);
    assertThat(collection.current()).hasSize(232);
    assertThat(reader.post("/sandbox/misbehave?kind=rude").get("message").asText())
        .contains("insert, edit,", "\"rude\"");
    assertThat(reader.post("/sandbox/misbehave?kind=cut&times=2").at("/cut/left").asInt())
        .isEqualTo(2);
    assertThat(collection.isStill()).isFalse();
    assertThat(reader.post("/sandbox/still").at("/cut/left").asInt()).isZero();
    assertThat(collection.isStill()).isTrue();
  }

  private static Map<String, JsonNode> byId(List<JsonNode> records) {
    return records.stream().collect(Collectors.toMap(one -> one.get("id").asText(), one -> one));
  }

  /** Without an order of members. */
  private static Map<String, Map<String, JsonNode>> asObjects(Map<String, JsonNode> records) {
    Map<String, Map<String, JsonNode>> all = new TreeMap<>();
    records.forEach(
        (id, record) -> {
          Map<String, JsonNode> members = new TreeMap<>();
          ((ObjectNode) record)
              .properties()
              .forEach(one -> members.put(one.getKey(), one.getValue()));
          all.put(id, members);
        });
    return all;
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
