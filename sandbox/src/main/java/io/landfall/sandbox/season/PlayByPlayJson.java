package io.landfall.sandbox.season;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code /v1/gamecenter/ID/play-by-play}. */
final class PlayByPlayJson {

  private static final int EXPECTED_BYTES = 160_000;

  private final GeneratedGame game;
  private final Progress progress;
  private final boolean old;

  PlayByPlayJson(GeneratedGame game, Progress progress) {
    this.game = game;
    this.progress = progress;
    this.old = game.cases().contains(EdgeCase.OLD_GENERATION);
  }

  byte[] bytes() {
    return Json.bytes(EXPECTED_BYTES, this::write);
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    new GameHeader(game, progress).write(out, true);
    out.writeArrayFieldStart("plays");
    if (progress.state().started()) {
      new PlaysJson(game, old).write(out);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("rosterSpots");
    if (progress.state().started()) {
      roster(out);
    }
    out.writeEndArray();
    out.writeNumberField("regPeriods", 3);
    out.writeObjectFieldStart("summary");
    out.writeEndObject();
    out.writeEndObject();
  }

  private void roster(JsonGenerator out) throws IOException {
    List<Person> byId = new ArrayList<>(game.players());
    byId.sort(Comparator.comparingInt(Person::playerId));
    for (Person person : byId) {
      out.writeStartObject();
      out.writeNumberField("teamId", person.team().id());
      out.writeNumberField("playerId", person.playerId());
      if (old) {
        out.writeStringField("firstName", person.first().text());
        out.writeStringField("lastName", person.last().text());
      } else {
        Json.localised(out, "firstName", person.first());
        Json.localised(out, "lastName", person.last());
      }
      out.writeNumberField("sweaterNumber", person.sweater());
      out.writeStringField("positionCode", String.valueOf(person.position()));
      out.writeStringField("headshot", headshot(person));
      out.writeEndObject();
    }
  }

  private String headshot(Person person) {
    return "https://assets.nhle.com/mugs/nhl/"
        + game.fixture().seasonSpan()
        + "/"
        + person.team().abbreviation()
        + "/"
        + person.playerId()
        + ".png";
  }
}
