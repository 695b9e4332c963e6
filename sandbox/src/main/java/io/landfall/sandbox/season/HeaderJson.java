package io.landfall.sandbox.season;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** The fields with which play-by-play, box score and schedule describe a game. */
final class HeaderJson {

  private static final ZoneId EASTERN = ZoneId.of("America/New_York");
  private static final String LOGOS = "https://assets.nhle.com/logos/nhl/svg/";

  private HeaderJson() {}

  static void identity(JsonGenerator out, Fixture fixture) throws IOException {
    out.writeNumberField("id", fixture.gameId());
    out.writeNumberField("season", fixture.seasonSpan());
    out.writeNumberField("gameType", fixture.gameType());
  }

  static void place(JsonGenerator out, Fixture fixture) throws IOException {
    Json.localised(out, "venue", fixture.home().venue());
    Json.localised(out, "venueLocation", fixture.home().place());
    times(out, fixture);
  }

  static void times(JsonGenerator out, Fixture fixture) throws IOException {
    out.writeStringField("startTimeUTC", fixture.start().toString());
    out.writeStringField("easternUTCOffset", offset(fixture, EASTERN));
    out.writeStringField("venueUTCOffset", offset(fixture, fixture.home().timeZone()));
  }

  private static String offset(Fixture fixture, ZoneId zone) {
    ZoneOffset offset = zone.getRules().getOffset(fixture.start());
    return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.toString();
  }

  static void period(JsonGenerator out, int number, String type) throws IOException {
    out.writeObjectFieldStart("periodDescriptor");
    out.writeNumberField("number", number);
    out.writeStringField("periodType", type);
    out.writeNumberField("maxRegulationPeriods", 3);
    out.writeEndObject();
  }

  static void clock(JsonGenerator out, int secondsLeft, boolean running, boolean intermission)
      throws IOException {
    out.writeObjectFieldStart("clock");
    out.writeStringField("timeRemaining", Json.clock(secondsLeft));
    out.writeNumberField("secondsRemaining", secondsLeft);
    out.writeBooleanField("running", running);
    out.writeBooleanField("inIntermission", intermission);
    out.writeEndObject();
  }

  static void outcome(JsonGenerator out, GeneratedGame game) throws IOException {
    String type = game.periodType(game.lastPeriod());
    out.writeObjectFieldStart("gameOutcome");
    out.writeStringField("lastPeriodType", type);
    if (type.equals("OT")) {
      out.writeNumberField("otPeriods", game.lastPeriod() - 3);
    }
    out.writeEndObject();
  }

  /** What every description of a team begins with. */
  static void team(JsonGenerator out, Team team) throws IOException {
    out.writeNumberField("id", team.id());
    Json.localised(out, "commonName", team.name());
    out.writeStringField("abbrev", team.abbreviation());
    out.writeStringField("logo", LOGOS + team.abbreviation() + "_light.svg");
    out.writeStringField("darkLogo", LOGOS + team.abbreviation() + "_dark.svg");
    Json.localised(out, "placeName", team.place());
    Json.localised(out, "placeNameWithPreposition", team.place(), Map.of("fr", team.frenchPlace()));
  }
}
