package io.landfall.sandbox.api;

import io.landfall.sandbox.server.Body;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Games that the API can answer for, wherever they come from. Safe for many threads. */
interface GameSource {

  /** The day of the last game, if there is one. */
  Optional<LocalDate> lastDay();

  /** Whether the game is one of these. */
  boolean has(int gameId);

  /** The games of a day, in the order of their ids. */
  List<ScheduleEntry> on(LocalDate day);

  /** What the API answers for one game; empty where it has no such page. */
  Optional<Body> body(int gameId, Resource resource);

  /** A number that changes whenever a schedule page of these games may have changed. */
  long version();
}
