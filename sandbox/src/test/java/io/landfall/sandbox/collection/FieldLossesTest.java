package io.landfall.sandbox.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.schemas.ItemStatus;
import io.landfall.schemas.LedgerEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The losses that users of other tools report, each played twice: for a reader that keeps one
 * number, the highest cursor seen, and for a definition. The first has to lose, or there was
 * nothing to lose.
 */
class FieldLossesTest {

  private static final long SEED = 20261127;
  private static final int LIMIT = 10;
  private static final Duration LATER = Duration.ofMinutes(11);

  @SuppressWarnings("NullAway.Init") // each test begins with its collection
  private World world;

  @SuppressWarnings("NullAway.Init")
  private HighWaterMark other;

  private void collection(String yaml) throws Exception {
    world = new World(yaml, SEED);
    other = new HighWaterMark(new Reader(world.collection));
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** Keeps the highest {@code updated} that it has seen, and asks for what is newer. */
  private static final class HighWaterMark {
    final Map<String, JsonNode> rows = new TreeMap<>();
    private final Reader reader;
    private String mark = "";

    HighWaterMark(Reader reader) {
      this.reader = reader;
    }

    private String query(String sort) {
      return "sort=%s&limit=%d%s".formatted(sort, LIMIT, mark.isEmpty() ? "" : "&since=" + mark);
    }

    /** To the end, page number after page number. */
    void read() throws IOException, InterruptedException {
      take(reader.list(Paging.PAGE, Form.LIST, query("updated")));
    }

    /** One page alone, and the mark is kept. */
    void readOnePage(String sort) throws IOException, InterruptedException {
      List<JsonNode> page = new ArrayList<>();
      reader.json("/v1/records?paging=page&" + query(sort)).path("records").forEach(page::add);
      take(page);
    }

    /** From cursor to cursor, until nothing newer comes. */
    void readByCursor() throws IOException, InterruptedException {
      int before;
      do {
        before = rows.size();
        readOnePage("updated");
      } while (rows.size() > before);
    }

    private void take(List<JsonNode> records) {
      String highest = mark;
      for (JsonNode record : records) {
        String updated = record.get("updated").asText();
        if (updated.compareTo(mark) > 0) {
          rows.put(record.get("id").asText(), record);
          highest = updated.compareTo(highest) > 0 ? updated : highest;
        }
      }
      mark = highest;
    }
  }

  private void bothRead() throws Exception {
    world.run();
    other.read();
  }

  private void theOtherLosesAndWeDoNot() {
    assertThat(World.truth(other.rows)).isNotEqualTo(world.truth());
    assertThat(world.inForce()).isEqualTo(world.truth());
  }

  private LedgerEntry entry(String key) {
    return Objects.requireNonNull(world.fetched.known().entries().get(key), key);
  }

  @Test
  void recordsThatShareTheCheckpointsSecond() throws Exception {
    collection(NothingLostTest.changes(Paging.LINK, LIMIT));
    bothRead();
    assertThat(World.truth(other.rows)).isEqualTo(world.truth());
    world.pass(LATER);
    Instant second = world.collection.now();
    world.collection.change(Misbehaviour.INSERT, 1);
    bothRead();
    world.collection.setClock(second, 0);
    world.collection.change(Misbehaviour.INSERT, 1);
    world.pass(LATER);
    bothRead();
    theOtherLosesAndWeDoNot();
  }

  @Test
  void moreRecordsInOneSecondThanAPageHolds() throws Exception {
    collection(NothingLostTest.changes(Paging.LINK, 500));
    bothRead();
    world.pass(LATER);
    world.collection.change(Misbehaviour.CROWD, 1);
    world.pass(LATER);
    world.run();
    other.readByCursor();
    theOtherLosesAndWeDoNot();
  }

  /** As where transactions commit late: what is older than the mark shows up after it. */
  @Test
  void recordsThatBecomeVisibleLate() throws Exception {
    collection(NothingLostTest.changes(Paging.LINK, LIMIT));
    world.collection.lateByAtMost(Duration.ofMinutes(90));
    bothRead();
    world.collection.change(Misbehaviour.LATE, 5);
    world.pass(LATER);
    world.collection.change(Misbehaviour.EDIT, 1);
    bothRead();
    world.pass(Duration.ofHours(2));
    bothRead();
    theOtherLosesAndWeDoNot();
  }

  /** What was on the first page goes to the end, and one of the second page takes its place. */
  @Test
  void rowsThatAreTouchedWhilePagesAreRead() throws Exception {
    collection(NothingLostTest.changes(Paging.LINK, LIMIT));
    world.pass(LATER);
    world.collection.misbehave(Misbehaviour.EDIT, 20);
    other.read();
    world.collection.misbehave(Misbehaviour.EDIT, 20);
    world.run();
    world.collection.still();
    world.pass(LATER);
    bothRead();
    theOtherLosesAndWeDoNot();
  }

  @Test
  void aFilterThatMakesAPageLookShort() throws Exception {
    collection(NothingLostTest.whole(Paging.PAGE, Form.LIST, LIMIT));
    List<JsonNode> page = new ArrayList<>();
    int number = 1;
    do {
      page.clear();
      new Reader(world.collection)
          .json("/v1/records?paging=page&sort=id&limit=%d&page=%d".formatted(LIMIT, number++))
          .path("records")
          .forEach(page::add);
      page.removeIf(record -> !record.get("kind").asText().equals("spring"));
      page.forEach(record -> other.rows.put(record.get("id").asText(), record));
    } while (page.size() == LIMIT);
    long springs =
        world.collection.current().values().stream()
            .filter(record -> record.get("kind").asText().equals("spring"))
            .count();
    assertThat(other.rows).hasSizeLessThan((int) springs);
    world.run();
    assertThat(world.inForce()).isEqualTo(world.truth());
  }

  /** It ends after three pages, and says no word. */
  @Test
  void aCapThatIsReachedInSilence() throws Exception {
    collection(
        NothingLostTest.whole(Paging.PAGE, Form.LIST, LIMIT)
            .replace("first: 1,", "first: 1, at-most: 3,"));
    for (int page = 0; page < 3; page++) {
      other.readOnePage("id");
    }
    other.read();
    assertThat(World.truth(other.rows)).isNotEqualTo(world.truth());
    world.run();
    assertThat(world.inForce()).hasSize(3 * LIMIT);
    assertThat(entry("records/whole").getStatus())
        .isNotIn(ItemStatus.FETCHED, ItemStatus.SETTLED, ItemStatus.VOID);
    assertThat(entry("records/whole").getReason()).contains("3 pages");
  }

  @Test
  void theSameCursorAgainAndAgain() throws Exception {
    collection(NothingLostTest.whole(Paging.TOKEN, Form.LIST, LIMIT));
    world.collection.misbehave(Misbehaviour.REPEAT_TOKEN, 2_000);
    assertThatThrownBy(
            () -> new Reader(world.collection).list(Paging.TOKEN, Form.LIST, "limit=" + LIMIT))
        .hasMessageContaining("no end");
    world.collection.clearRequests();
    world.run();
    assertThat(world.collection.requests()).hasSizeLessThan(10);
    assertThat(entry("records/whole").getReason()).isNotNull();
    world.collection.still();
    world.rest(3);
    assertThat(world.inForce()).isEqualTo(world.truth());
  }

  /** Rows are written, the mark is not: they are written again. */
  @Test
  void duplicatesAfterAFailedStateWrite() throws Exception {
    collection(NothingLostTest.changes(Paging.LINK, LIMIT));
    List<JsonNode> appended = new ArrayList<>();
    for (int attempt = 0; attempt < 2; attempt++) {
      appended.addAll(
          new Reader(world.collection).list(Paging.PAGE, Form.LIST, "sort=updated&limit=10"));
    }
    assertThat(appended).hasSize(2 * world.truth().size());
    world.fetched.dieAfter(1);
    assertThatThrownBy(world::run).isInstanceOf(FetchedInMemory.Killed.class);
    world.fetched.dieAfter(Integer.MAX_VALUE);
    world.run();
    assertThat(world.inForce()).isEqualTo(world.truth());
    assertThat(world.shaped.landing).hasSize(world.truth().size());
  }

  /** The mark of the first page is higher than what is on the others. */
  @Test
  void unorderedDataAndACrash() throws Exception {
    collection(NothingLostTest.unordered(Paging.PAGE, LIMIT));
    other.readOnePage("id");
    other.read();
    world.fetched.dieAfter(0);
    assertThatThrownBy(world::run).isInstanceOf(FetchedInMemory.Killed.class);
    world.fetched.dieAfter(Integer.MAX_VALUE);
    world.run();
    theOtherLosesAndWeDoNot();
  }

  @Test
  void deletesThatNobodyTells() throws Exception {
    collection(NothingLostTest.whole(Paging.PAGE, Form.LIST, LIMIT));
    bothRead();
    assertThat(world.inForce()).isEqualTo(world.truth());
    world.collection.change(Misbehaviour.DELETE, 5);
    world.rest(2);
    other.read();
    theOtherLosesAndWeDoNot();
    assertThat(world.shaped.landing.stream())
        .filteredOn(row -> row.get("_operation").toString().equals("RETRACT"))
        .hasSize(5);
  }

  /** Each reading is kept, or those that say something else. */
  @Test
  void rawDoublesWithoutEnd() throws Exception {
    collection(NothingLostTest.whole(Paging.PAGE, Form.LIST, LIMIT));
    world.run();
    int kept = world.fetched.archive.size();
    world.rest(7);
    assertThat(world.fetched.archive).hasSize(kept);
    assertThat(world.inForce()).isEqualTo(world.truth());
  }
}
