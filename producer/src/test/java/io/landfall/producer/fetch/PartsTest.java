package io.landfall.producer.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.nhl.stats.Games;
import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PartsTest {

  private static final int MOST = 100;

  @Property(tries = 200)
  void eachAnswerIsInOnePartInOrderAndNoPartIsTooLarge(
      @ForAll @Size(max = 30) List<@IntRange(max = MOST) Integer> sizes,
      @ForAll @Size(max = 5) List<@IntRange(max = MOST) Integer> refused) {
    List<ApiAnswer> answers =
        IntStream.range(0, sizes.size()).mapToObj(i -> answer("page-" + i, sizes.get(i))).toList();
    List<AnswerNotInForce> notInForce =
        refused.stream().map(size -> new AnswerNotInForce(answer("page", size), "less")).toList();
    ItemAnswers look =
        ItemAnswers.newBuilder()
            .setItem(Games.of(1, LocalDate.EPOCH, 2, "OFF", "BUF", "NJD"))
            .setFetchedAt(Instant.EPOCH)
            .setAnswers(answers)
            .setNotInForce(notInForce)
            .build();
    List<ItemAnswers> parts = Parts.of(look, MOST);
    assertThat(parts.stream().flatMap(part -> part.getAnswers().stream()).toList())
        .isEqualTo(answers);
    assertThat(parts.stream().flatMap(part -> part.getNotInForce().stream()).toList())
        .isEqualTo(notInForce);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i).getPart()).isEqualTo(i + 1);
      assertThat(parts.get(i).getParts()).isEqualTo(parts.size());
      assertThat(
              parts.get(i).getAnswers().stream()
                  .mapToInt(answer -> answer.getBody().remaining())
                  .sum())
          .isLessThanOrEqualTo(MOST);
    }
  }

  private static ApiAnswer answer(String endpoint, int bytes) {
    return new ApiAnswer(
        endpoint,
        "http://localhost",
        200,
        "application/json",
        Instant.EPOCH,
        "ab",
        ByteBuffer.allocate(bytes));
  }
}
