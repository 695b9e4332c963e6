package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MisbehaviourTest {

  private SimulatedCollection collection;
  private Reader reader;
  private SortedMap<String, JsonNode> before;

  @BeforeEach
  void start() throws IOException {
    collection = SimulatedCollection.of(11, 120).start(0);
    reader = new Reader(collection);
    before = collection.current();
  }

  @AfterEach
  void close() {
    collection.close();
  }

  @Test
  void insertCreatesOneBetweenTwoAnswersAndThenIsOver() throws Exception {
    collection.misbehave(Misbehaviour.INSERT, 2);
    assertThat(read()).isEqualTo(before);
    assertThat(collection.current()).hasSize(121);
    read();
    read();
    assertThat(collection.current()).hasSize(122);
    assertThat(collection.isStill()).isTrue();
    assertThat(collection.acted()).containsEntry(Misbehaviour.INSERT, 2);
    assertThat(read()).isEqualTo(collection.current());
  }

  @Test
  void editsDifferInWhatUpdatedSays() {
    collection.advanceClock(Duration.ofHours(1));
    String now = "2026-11-01T01:00:00Z";
    JsonNode edited = changed(Misbehaviour.EDIT);
    assertThat(edited.get("updated").asText()).isEqualTo(now);
    JsonNode silently = changed(Misbehaviour.EDIT_SILENTLY);
    assertThat(silently.get("updated")).isEqualTo(earlier(silently).get("updated"));
    assertThat(silently.get("count")).isNotEqualTo(earlier(silently).get("count"));
    JsonNode back = changed(Misbehaviour.UPDATED_BACK);
    assertThat(back.get("updated").asText()).isLessThan(earlier(back).get("updated").asText());
    JsonNode moved = changed(Misbehaviour.MOVE);
    assertThat(moved.get("happened").asText().substring(0, 10))
        .isNotEqualTo(earlier(moved).get("happened").asText().substring(0, 10));
    assertThat(moved.get("updated").asText()).isEqualTo(now);
  }

  @Test
  void whatWasDeletedCanComeBack() {
    collection.change(Misbehaviour.DELETE, 3);
    assertThat(collection.current()).hasSize(117);
    collection.change(Misbehaviour.BRING_BACK, 3);
    assertThat(collection.current().keySet()).isEqualTo(before.keySet());
  }

  @Test
  void lateRecordsHoldButAreNotShown() throws Exception {
    collection.lateByAtMost(Duration.ofDays(1));
    collection.change(Misbehaviour.LATE, 10);
    Map<String, JsonNode> current = collection.current();
    assertThat(current).isNotEqualTo(before);
    assertThat(read()).isEqualTo(before);
    collection.advanceClock(Duration.ofDays(1));
    assertThat(read()).isEqualTo(current);
    collection.change(Misbehaviour.LATE, 10);
    assertThat(read()).isNotEqualTo(collection.current());
    collection.still();
    assertThat(read()).isEqualTo(collection.current());
  }

  @Test
  void aCrowdSharesOneSecond() throws Exception {
    collection.change(Misbehaviour.CROWD, 1);
    String second = collection.now().toString();
    assertThat(reader.json("/v1/count?since=" + second).get("count").asInt())
        .isGreaterThanOrEqualTo(2500);
    assertThat(reader.all(Paging.TOKEN, Form.LIST, "limit=1000&sort=updated"))
        .isEqualTo(collection.current());
  }

  @Test
  void theClockGoesBack() {
    Instant now = collection.now();
    collection.change(Misbehaviour.CLOCK_BACK, 1);
    assertThat(collection.now()).isEqualTo(now.minus(Duration.ofHours(1)));
  }

  @Test
  void aPageIsAnsweredAgainInPlaceOfTheNext() throws Exception {
    for (Paging paging : List.of(Paging.LINK, Paging.OFFSET)) {
      collection.misbehave(Misbehaviour.REPEAT_PAGE, 1);
      String list = "/v1/records?limit=50&paging=" + Query.word(paging);
      JsonNode first = reader.json(list).get("records");
      String second = list + (paging == Paging.LINK ? "&page=2" : "&offset=50");
      assertThat(reader.json(second).get("records")).isEqualTo(first);
      assertThat(reader.json(second).get("records")).isNotEqualTo(first);
    }
  }

  @Test
  void aTokenLeadsToItsOwnPage() throws Exception {
    for (Paging paging : List.of(Paging.LINK, Paging.NEXT, Paging.TOKEN)) {
      collection.misbehave(Misbehaviour.REPEAT_TOKEN, 2);
      List<JsonNode> read = reader.list(paging, Form.LIST, "limit=50");
      assertThat(read).as("%s", paging).hasSize(220);
      assertThat(List.copyOf(read.subList(0, 50))).isEqualTo(read.subList(50, 100));
    }
    collection.misbehave(Misbehaviour.REPEAT_TOKEN, Integer.MAX_VALUE);
    assertThatThrownBy(() -> reader.list(Paging.TOKEN, Form.LIST, "limit=50"))
        .hasMessageContaining("no end");
  }

  @Test
  void anEmptyAnswerSaysThatAllIsWell() throws Exception {
    collection.misbehave(Misbehaviour.EMPTY, 1);
    assertThat(read()).isEmpty();
    assertThat(read()).isEqualTo(before);
  }

  @Test
  void bodiesAreCut() throws Exception {
    collection.misbehave(Misbehaviour.CUT, 1);
    assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    collection.misbehave(Misbehaviour.HALF, 1);
    HttpResponse<byte[]> half = reader.get("/v1/records?limit=50");
    assertThat(half.body().length * 2)
        .isBetween(
            reader.get("/v1/records?limit=50").body().length - 1,
            reader.get("/v1/records?limit=50").body().length);
  }

  @Test
  void anOrderIsBroken() throws Exception {
    collection.misbehave(Misbehaviour.SHUFFLE, 1);
    List<String> updated = new ArrayList<>();
    for (JsonNode record : reader.list(Paging.NONE, Form.LIST, "sort=updated")) {
      updated.add(record.get("updated").asText());
    }
    assertThat(updated).hasSize(120).isNotEqualTo(updated.stream().sorted().toList());
  }

  @Test
  void aReplicaLagsBehind() throws Exception {
    collection.misbehave(Misbehaviour.STALE, 1);
    collection.change(Misbehaviour.EDIT, 5);
    assertThat(read()).isEqualTo(before);
    assertThat(read()).isEqualTo(collection.current());
  }

  @Test
  void totalsLie() throws Exception {
    collection.misbehave(Misbehaviour.WRONG_TOTAL, 2);
    assertThat(reader.json("/v1/records?paging=offset").get("total").asInt()).isNotEqualTo(120);
    assertThat(reader.json("/v1/count").get("count").asInt()).isNotEqualTo(120);
    assertThat(reader.json("/v1/count").get("count").asInt()).isEqualTo(120);
  }

  @Test
  void refusalsPass() throws Exception {
    collection.misbehave(Misbehaviour.BUSY, 1);
    HttpResponse<byte[]> busy = reader.get("/v1/records");
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).hasValue("1");
    collection.misbehave(Misbehaviour.DOWN, 1);
    assertThat(reader.get("/v1/records").statusCode()).isEqualTo(503);
    assertThat(reader.get("/v1/records").statusCode()).isEqualTo(200);
  }

  @Test
  void aScriptIsTheSameForItsSeedAndEnds() throws Exception {
    List<Map<String, JsonNode>> ends = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (SimulatedCollection one = SimulatedCollection.of(3, 100).start(0)) {
        one.script(5);
        Reader asking = new Reader(one);
        for (int i = 0; i < 40; i++) {
          asking.post("/sandbox/clock?advance=PT1M");
          try {
            asking.get("/v1/records?limit=20&paging=token");
          } catch (IOException e) {
            // A cut body is part of the script.
          }
        }
        assertThat(one.acted()).isNotEmpty();
        assertThat(Collections.max(one.acted().values())).isLessThanOrEqualTo(3);
        one.still();
        assertThat(asking.all(Paging.TOKEN, Form.LIST, "limit=1000")).isEqualTo(one.current());
        ends.add(one.current());
      }
    }
    assertThat(ends.get(0)).isEqualTo(ends.get(1));
  }

  /** The one record that such a change leaves different; what it was before is still known. */
  private JsonNode changed(Misbehaviour kind) {
    before = collection.current();
    collection.change(kind, 1);
    List<JsonNode> different =
        collection.current().values().stream().filter(one -> !one.equals(earlier(one))).toList();
    assertThat(different).hasSize(1);
    return different.get(0);
  }

  private JsonNode earlier(JsonNode record) {
    JsonNode earlier = before.get(record.get("id").asText());
    return earlier == null ? record : earlier;
  }

  private Map<String, JsonNode> read() throws IOException, InterruptedException {
    return reader.all(Paging.NONE, Form.LIST, "");
  }
}
