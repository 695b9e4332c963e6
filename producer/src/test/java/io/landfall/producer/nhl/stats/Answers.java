package io.landfall.producer.nhl.stats;

import io.landfall.producer.source.Shaped;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/** Answers put together by a test. */
final class Answers {

  private Answers() {}

  static ItemAnswers of(int gameId, Map<String, byte[]> bodies) {
    List<ApiAnswer> responses = new ArrayList<>();
    bodies.forEach((endpoint, body) -> responses.add(response(endpoint, body)));
    return new ItemAnswers(
        Games.of(gameId, LocalDate.of(2024, 10, 4), 2, "OFF", "BUF", "NJD"),
        Instant.EPOCH,
        responses,
        List.of(),
        null,
        true,
        1,
        1);
  }

  static ApiAnswer response(String endpoint, byte[] body) {
    return new ApiAnswer(
        endpoint,
        "https://example.org/" + endpoint,
        200,
        "application/json",
        Instant.EPOCH,
        "0".repeat(64),
        ByteBuffer.wrap(body));
  }

  /** These answers without those of one endpoint. */
  static ItemAnswers without(ItemAnswers responses, String endpoint) {
    List<ApiAnswer> rest =
        responses.getAnswers().stream().filter(r -> !r.getEndpoint().equals(endpoint)).toList();
    return new ItemAnswers(
        responses.getItem(), responses.getFetchedAt(), rest, List.of(), null, true, 1, 1);
  }

  /** These answers with another body for one endpoint. */
  static ItemAnswers with(ItemAnswers responses, String endpoint, byte[] body) {
    List<ApiAnswer> all = new ArrayList<>(without(responses, endpoint).getAnswers());
    all.add(response(endpoint, body));
    return new ItemAnswers(
        responses.getItem(), responses.getFetchedAt(), all, List.of(), null, true, 1, 1);
  }

  /** The rows of these answers; fails with the reason if there are none. */
  static List<GenericRecord> rows(ItemAnswers responses) {
    Shaped shaped = new NhlShaper().shape(responses);
    if (shaped instanceof Shaped.Rows rows) {
      return rows.rows();
    }
    throw new AssertionError("game " + responses.getItem().getKey() + " gave no rows: " + shaped);
  }
}
