package io.landfall.sandbox.accuracy;

import io.landfall.producer.nhl.stats.Endpoint;
import io.landfall.producer.nhl.stats.NhlItem;
import io.landfall.producer.nhl.stats.NhlShaper;
import io.landfall.producer.source.Shaped;
import io.landfall.sandbox.season.GameJson;
import io.landfall.sandbox.season.GameSnapshot;
import io.landfall.sandbox.season.GeneratedGame;
import io.landfall.sandbox.season.Season;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ContentHash;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.nhl.PlayerGameStats;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** A game as the producer sees it: the answers' bytes, and the rows that come of them. */
final class ShapedGame {

  private static final ContentHash HASH = new ContentHash(PlayerGameStats.getClassSchema());

  private final GeneratedGame game;
  private final Map<String, byte[]> bodies = new LinkedHashMap<>();

  private ShapedGame(GeneratedGame game) {
    this.game = game;
  }

  /** The answers long after the game. */
  static ShapedGame of(Season season, GeneratedGame game) {
    return of(season.snapshot(game, Optional.empty()));
  }

  static ShapedGame of(GameSnapshot snapshot) {
    ShapedGame shaped = new ShapedGame(snapshot.game());
    shaped.bodies.put(Endpoint.PLAY_BY_PLAY.label(), GameJson.playByPlay(snapshot));
    shaped.bodies.put(Endpoint.BOX_SCORE.label(), GameJson.boxScore(snapshot));
    shaped.bodies.put(
        Endpoint.SHIFT_CHART.label(),
        snapshot.chart() ? GameJson.shiftChart(snapshot.game()) : GameJson.noShiftChart());
    return shaped;
  }

  /** The same answers with another body for one endpoint. */
  ShapedGame with(String endpoint, byte[] body) {
    ShapedGame other = new ShapedGame(game);
    other.bodies.putAll(bodies);
    other.bodies.put(endpoint, body);
    return other;
  }

  Map<String, byte[]> bodies() {
    return bodies;
  }

  byte[] body(String endpoint) {
    return Objects.requireNonNull(bodies.get(endpoint));
  }

  Shaped shape() {
    List<ApiAnswer> responses =
        bodies.entrySet().stream().map(body -> response(body.getKey(), body.getValue())).toList();
    return new NhlShaper()
        .shape(
            new ItemAnswers(
                NhlItem.of(
                    game.fixture().gameId(), game.fixture().date(), 2, "OFF", true, "HOM", "AWY"),
                Instant.EPOCH,
                responses,
                List.of(),
                null,
                true,
                1,
                1));
  }

  private static ApiAnswer response(String endpoint, byte[] body) {
    return new ApiAnswer(
        endpoint,
        "https://example.org/" + endpoint,
        200,
        "application/json",
        Instant.EPOCH,
        "0".repeat(64),
        ByteBuffer.wrap(body));
  }

  /** The rows; fails with the reason if there are none. */
  List<GenericRecord> rows() {
    Shaped shaped = shape();
    if (shaped instanceof Shaped.Rows rows) {
      return rows.rows();
    }
    throw new AssertionError("game " + game.fixture().gameId() + " gave no rows: " + shaped);
  }

  /** Key and content hash of each row, in order. */
  List<String> hashes() {
    return rows().stream()
        .map(row -> row.get("playerId") + " " + row.get("situation") + " " + HASH.of(row))
        .toList();
  }
}
