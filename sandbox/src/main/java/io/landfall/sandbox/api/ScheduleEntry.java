package io.landfall.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;

/**
 * One game as schedule and score pages list it.
 *
 * @param date the league's (Eastern) date
 * @param entry the game's object in a week schedule
 */
record ScheduleEntry(int gameId, LocalDate date, ObjectNode entry) {}
