package io.landfall.sandbox.season;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The players under contract with a team in one season: 15 forwards, 8 defensemen, 3 goalies. From
 * one season to the next two of them are replaced.
 */
final class Club {

  private static final int FORWARDS = 15;
  private static final int DEFENSEMEN = 8;
  private static final int GOALIES = 3;
  private static final int REPLACED_A_YEAR = 2;
  private static final int FIRST_PLAYER_ID = 8_470_000;
  private static final int FIRST_SEASON = 2010;
  private static final String FORWARD_POSITIONS = "CLR";

  private final List<Person> players;

  private Club(List<Person> players) {
    this.players = players;
  }

  static Club of(long seed, Team team, int season) {
    int size = FORWARDS + DEFENSEMEN + GOALIES;
    int moved = (season - FIRST_SEASON) * REPLACED_A_YEAR;
    List<Person> players = new ArrayList<>(size);
    for (int place = 0; place < size; place++) {
      // Each place is taken by a new man every thirteen years, two places a year.
      int generation = (moved + size - 1 - place) / size;
      players.add(person(seed, team, place, generation));
    }
    return new Club(List.copyOf(players));
  }

  /**
   * The twenty who dress for a game, in the order of their lines: forwards, defensemen, two
   * goalies, the first of whom starts.
   *
   * @param forwards 12, or 11 with seven defensemen
   */
  List<Person> dressed(SeededRandom random, int forwards) {
    List<Person> dressed = new ArrayList<>(20);
    pick(random, 0, FORWARDS, forwards, dressed);
    pick(random, FORWARDS, DEFENSEMEN, 18 - forwards, dressed);
    int starter = random.weighted(0.62, 0.33, 0.05);
    int backup = starter == 0 ? 1 : 0;
    dressed.add(players.get(FORWARDS + DEFENSEMEN + starter));
    dressed.add(players.get(FORWARDS + DEFENSEMEN + backup));
    return List.copyOf(dressed);
  }

  /** Leaves some out, and keeps the order of the others: the first lines stay the first. */
  private void pick(SeededRandom random, int from, int available, int wanted, List<Person> to) {
    List<Integer> places =
        new ArrayList<>(IntStream.range(from, from + available).boxed().toList());
    while (places.size() > wanted) {
      int last = places.size() - 1;
      places.remove(Math.max(random.between(0, last), random.between(0, last)));
    }
    places.forEach(place -> to.add(players.get(place)));
  }

  private static Person person(long seed, Team team, int place, int generation) {
    SeededRandom random = SeededRandom.of(seed, 0x504C4159, team.id(), place, generation);
    int playerId = FIRST_PLAYER_ID + (team.id() * 10 + generation % 10) * 30 + place;
    return new Person(
        playerId, Names.first(random), Names.last(random), sweater(place), position(place), team);
  }

  private static char position(int place) {
    if (place < FORWARDS) {
      return FORWARD_POSITIONS.charAt(place % 3);
    }
    return place < FORWARDS + DEFENSEMEN ? 'D' : 'G';
  }

  /** Goalies wear numbers from 30, everyone's differ. */
  private static int sweater(int place) {
    if (place >= FORWARDS + DEFENSEMEN) {
      return 30 + 5 * (place - FORWARDS - DEFENSEMEN);
    }
    int number = place - FORWARDS;
    return number < 0 ? 9 + place : number < 7 ? 2 + number : 44;
  }
}
