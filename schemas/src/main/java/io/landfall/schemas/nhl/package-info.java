/**
 * The NHL's rows: their schema and what its columns are for.
 *
 * <p>The one place of the contract that knows hockey; nothing else in it names this package.
 */
@NullMarked
package io.landfall.schemas.nhl;

import org.jspecify.annotations.NullMarked;
