/**
 * The NHL: one wing of the house. How its API is asked ({@code api}) and what its answers mean
 * ({@code stats}), side by side.
 *
 * <p>Nothing but the program's entry names it; all else knows items, answers and rows.
 */
@NullMarked
package io.landfall.producer.nhl;

import org.jspecify.annotations.NullMarked;
