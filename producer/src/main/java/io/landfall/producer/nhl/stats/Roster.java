package io.landfall.producer.nhl.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dressed players of both teams. Each has an index; a set of players is a {@code long} with
 * their bits, so that who is on the ice is one number.
 */
final class Roster {

  /** The index of a player who is not in the roster, or of nobody. */
  static final int NOBODY = -1;

  /** As many as a {@code long} has bits; the league dresses 40. */
  static final int MOST_PLAYERS = Long.SIZE;

  private final List<Player> players;
  private final int[] ids;
  private final long[] skaters = new long[Side.values().length];
  private final long[] goalies = new long[Side.values().length];

  private Roster(List<Player> players) {
    this.players = players;
    this.ids = players.stream().mapToInt(Player::id).toArray();
    for (Player player : players) {
      long[] sets = player.goalie() ? goalies : skaters;
      sets[player.side().index] |= bit(player.index());
    }
  }

  /** A roster of these players, each of them once, whatever their indexes were. */
  static Roster of(List<Player> players) throws UnusableAnswer {
    if (players.size() > MOST_PLAYERS) {
      throw new UnusableAnswer(
          "rosterSpots of the play-by-play lists %d players; a game has 40, and at most %d can be told apart"
              .formatted(players.size(), MOST_PLAYERS));
    }
    Player[] sorted = players.toArray(Player[]::new);
    Arrays.sort(sorted, Comparator.comparingInt(Player::id));
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = sorted[i].at(i);
    }
    return new Roster(List.of(sorted));
  }

  List<Player> players() {
    return players;
  }

  Player player(int index) {
    return players.get(index);
  }

  int size() {
    return ids.length;
  }

  /** The index of the player with this id, or {@link #NOBODY}. */
  int indexOf(int playerId) {
    return Math.max(NOBODY, Arrays.binarySearch(ids, playerId));
  }

  /** The index of a team's player with this sweater number, or {@link #NOBODY}. */
  int indexOf(Side side, @Nullable Integer sweaterNumber) {
    for (Player player : players) {
      if (sweaterNumber != null
          && player.side() == side
          && player.sweaterNumber() == sweaterNumber) {
        return player.index();
      }
    }
    return NOBODY;
  }

  long skaters(Side side) {
    return skaters[side.index];
  }

  long goalies(Side side) {
    return goalies[side.index];
  }

  /** How many of these players are goalies and skaters of either side. */
  Strength strength(long players) {
    return new Strength(
        Long.bitCount(players & goalies(Side.AWAY)),
        Long.bitCount(players & skaters(Side.AWAY)),
        Long.bitCount(players & skaters(Side.HOME)),
        Long.bitCount(players & goalies(Side.HOME)));
  }

  static long bit(int index) {
    return 1L << index;
  }
}
