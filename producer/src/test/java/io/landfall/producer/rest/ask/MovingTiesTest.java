package io.landfall.producer.rest.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.rest.ask.AnApi.Got;
import io.landfall.producer.rest.ask.AnApi.Said;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records of one second, of which some change between two of their pages. */
class MovingTiesTest {

  private static final int SIZE = 4;

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<Integer, Instant> updated = new TreeMap<>();

  private Said page(Got request) {
    Instant since = Instant.parse(request.parameter("since"));
    int page = request.number("page", 1);
    List<Map.Entry<Integer, Instant>> all =
        updated.entrySet().stream()
            .filter(record -> !record.getValue().isBefore(since))
            .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .toList();
    String records =
        all.stream()
            .skip((page - 1L) * SIZE)
            .limit(SIZE)
            .map(
                record ->
                    "{\"id\": %d, \"updated\": \"%s\"}"
                        .formatted(record.getKey(), record.getValue()))
            .collect(Collectors.joining(","));
    Said said = Said.json("{\"records\": [%s]}".formatted(records));
    return page * SIZE < all.size()
        ? said.with("Link", "<?since=%s&page=%d>; rel=next".formatted(since, page + 1))
        : said;
  }

  @Test
  void noneIsLostWhereOneOfAPageThatWasReadChanges() throws IOException, InterruptedException {
    IntStream.rangeClosed(1, 11).forEach(id -> updated.put(id, FIRST));
    int[] served = {0};
    try (AnApi api = new AnApi()) {
      api.serves(
          request -> {
            Said said = page(request);
            served[0]++;
            if (served[0] == 1) {
              updated.put(2, FIRST.plusSeconds(60));
            }
            return said;
          });
      Look look =
          api.asking()
              .look(
                  new StillCollection(11, 11, SIZE).question(StillCollection.Kind.CURSOR_BY_LINK));
      assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
      assertThat(new HashSet<>(WholeLookTest.ids(look)))
          .isEqualTo(IntStream.rangeClosed(1, 11).boxed().collect(Collectors.toSet()));
      // Read once as they lie, 5 would have slipped from the second page to the first.
      assertThat(served[0]).isGreaterThan(4);
      assertThat(look.pages()).allMatch(page -> page.records() > 0);
    }
  }

  @Test
  void whereOneIsDeletedNoneOfTheOthersIsLost() throws IOException, InterruptedException {
    IntStream.rangeClosed(1, 11).forEach(id -> updated.put(id, FIRST));
    IntStream.rangeClosed(12, 14).forEach(id -> updated.put(id, FIRST.plusSeconds(9)));
    int[] served = {0};
    try (AnApi api = new AnApi()) {
      api.serves(
          request -> {
            Said said = page(request);
            served[0]++;
            if (served[0] == 2) {
              updated.remove(1);
            }
            return said;
          });
      Look look =
          api.asking()
              .look(
                  new StillCollection(11, 11, SIZE).question(StillCollection.Kind.CURSOR_BY_LINK));
      assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
      assertThat(WholeLookTest.ids(look))
          .containsAll(IntStream.rangeClosed(1, 14).boxed().toList());
    }
  }

  @Test
  void wherePagesNeverHoldStillNobodySaysThatTheyAreAll() throws IOException, InterruptedException {
    IntStream.rangeClosed(1, 11).forEach(id -> updated.put(id, FIRST));
    int[] served = {0};
    try (AnApi api = new AnApi()) {
      api.serves(
          request -> {
            Said said = page(request);
            served[0]++;
            // Each time there is one that nobody has seen.
            updated.put(-served[0], FIRST);
            updated.put(100 + served[0], FIRST);
            return said;
          });
      Look look =
          api.asking()
              .look(
                  new StillCollection(11, 11, SIZE).question(StillCollection.Kind.CURSOR_BY_LINK));
      assertThat(look.ending()).isNotEqualTo(new Look.Ending.Whole());
    }
  }

  @Test
  void aLookIsNotFullInTheMiddleOfTies() throws IOException, InterruptedException {
    StillCollection collection = new StillCollection(30, 25, SIZE);
    try (AnApi api = new AnApi()) {
      api.serves(collection);
      Look look =
          api.asking().look(collection.question(StillCollection.Kind.CURSOR_BY_LINK).within(10));
      assertThat(look.ending()).isInstanceOf(Look.Ending.Filled.class);
      assertThat(WholeLookTest.ids(look))
          .containsAll(IntStream.rangeClosed(1, 26).boxed().toList());
    }
  }
}
