package io.landfall.sandbox.season;

import java.time.ZoneId;

/**
 * A club of the league.
 *
 * @param id the same in every answer of the API
 * @param frenchPlace the place with its French preposition
 * @param colour as the shift chart has it
 * @param since the year in which its first season starts
 * @param until the year in which its last season starts
 */
public record Team(
    int id,
    String abbreviation,
    String place,
    String name,
    String frenchPlace,
    String venue,
    String zone,
    String colour,
    int since,
    int until) {

  boolean plays(int season) {
    return since <= season && season <= until;
  }

  ZoneId timeZone() {
    return ZoneId.of(zone);
  }

  String fullName() {
    return id == 59 ? name : place + " " + name;
  }
}
