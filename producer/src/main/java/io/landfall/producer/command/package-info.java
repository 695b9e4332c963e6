/**
 * One class for each command of the producer: builds the parts from the settings, runs them in the
 * order of the flow, says in one line what came of it. No decision about data is made here.
 */
@NullMarked
package io.landfall.producer.command;

import org.jspecify.annotations.NullMarked;
