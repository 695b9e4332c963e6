/**
 * What a user can tell the consumer to do: one class a command. A command reads its settings, puts
 * the parts together in the order in which data flows, runs, says what came of it, and closes in
 * reverse. Nothing is decided here that another room could decide.
 */
@NullMarked
package io.landfall.consumer.command;

import org.jspecify.annotations.NullMarked;
