package io.landfall.consumer.ingest;

import io.landfall.consumer.landing.Offsets;
import java.util.Set;

/**
 * What the query of a run reads, as its scratch has it.
 *
 * @param at from where its next batch goes on
 * @param partitions those that it knows
 */
record Reading(Offsets at, Set<Integer> partitions) {

  Reading {
    partitions = Set.copyOf(partitions);
  }

  Reading at(Offsets next) {
    return new Reading(next, partitions);
  }
}
