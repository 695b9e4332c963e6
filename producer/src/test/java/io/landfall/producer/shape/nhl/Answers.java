package io.landfall.producer.shape.nhl;

import io.landfall.producer.shape.Shaped;
import io.landfall.schemas.ApiResponse;
import io.landfall.schemas.GameResponses;
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

  static GameResponses of(int gameId, Map<String, byte[]> bodies) {
    List<ApiResponse> responses = new ArrayList<>();
    bodies.forEach((endpoint, body) -> responses.add(response(endpoint, body)));
    return new GameResponses(gameId, LocalDate.of(2024, 10, 4), Instant.EPOCH, responses);
  }

  static ApiResponse response(String endpoint, byte[] body) {
    return new ApiResponse(
        endpoint,
        "https://example.org/" + endpoint,
        200,
        "application/json",
        Instant.EPOCH,
        "0".repeat(64),
        ByteBuffer.wrap(body));
  }

  /** These answers without those of one endpoint. */
  static GameResponses without(GameResponses responses, String endpoint) {
    List<ApiResponse> rest =
        responses.getResponses().stream().filter(r -> !r.getEndpoint().equals(endpoint)).toList();
    return new GameResponses(
        responses.getGameId(), responses.getGameDate(), responses.getFetchedAt(), rest);
  }

  /** These answers with another body for one endpoint. */
  static GameResponses with(GameResponses responses, String endpoint, byte[] body) {
    List<ApiResponse> all = new ArrayList<>(without(responses, endpoint).getResponses());
    all.add(response(endpoint, body));
    return new GameResponses(
        responses.getGameId(), responses.getGameDate(), responses.getFetchedAt(), all);
  }

  /** The rows of these answers; fails with the reason if there are none. */
  static List<GenericRecord> rows(GameResponses responses) {
    Shaped shaped = new NhlShaper().shape(responses);
    if (shaped instanceof Shaped.Rows rows) {
      return rows.rows();
    }
    throw new AssertionError("game " + responses.getGameId() + " gave no rows: " + shaped);
  }
}
