package io.landfall.producer.rest.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Of a collection that nobody changes, every kind of paging brings all. */
class WholeLookTest {

  private static final AnApi API = new AnApi();

  /** The engines take turns, each with what it started. */
  @AfterContainer
  @AfterAll
  static void nothingIsAskedAnyMore() {
    API.serves(request -> AnApi.Said.status(404));
  }

  static List<Integer> ids(Look look) throws IOException {
    List<Integer> ids = new ArrayList<>();
    for (Look.Page page : look.pages()) {
      for (JsonNode record : new ObjectMapper().readTree(page.body()).path("records")) {
        ids.add(record.path("id").asInt());
      }
    }
    return ids;
  }

  @Property(tries = 80)
  void aLookHasEachRecordAndEndsWhole(
      @ForAll StillCollection.Kind kind,
      @ForAll @IntRange(min = 0, max = 25) int count,
      @ForAll @IntRange(min = 1, max = 12) int size,
      @ForAll @IntRange(min = 1, max = 30) int tied)
      throws IOException, InterruptedException {
    StillCollection collection = new StillCollection(count, tied, size);
    API.serves(collection);
    Look look = API.asking().look(collection.question(kind));
    assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
    List<Integer> ids = ids(look);
    if (kind.name().startsWith("CURSOR")) {
      // What is asked from is asked inclusively: neighbours overlap.
      assertThat(new LinkedHashSet<>(ids)).containsExactlyElementsOf(collection.ids());
    } else {
      assertThat(ids).isEqualTo(collection.ids());
    }
    assertThat(look.pages())
        .extracting(Look.Page::endpoint)
        .isEqualTo(
            IntStream.rangeClosed(1, look.pages().size())
                .mapToObj(number -> "page-" + number)
                .toList());
  }

  @Test
  void aThousandOfOneSecondAreAllRead() throws IOException, InterruptedException {
    StillCollection collection = new StillCollection(2500, 2500, 100);
    API.serves(collection);
    for (StillCollection.Kind kind :
        List.of(
            StillCollection.Kind.CURSOR_BY_LINK,
            StillCollection.Kind.CURSOR_BY_OFFSET,
            StillCollection.Kind.CURSOR_BY_NUMBER)) {
      Look look = API.asking().look(collection.question(kind));
      assertThat(look.ending()).isEqualTo(new Look.Ending.Whole());
      assertThat(new LinkedHashSet<>(ids(look))).hasSize(2500);
    }
  }
}
