/**
 * From an answer in JSON to records, and from a record to a row, as a source's definition says.
 *
 * <p>A pure function of the answer, the item that was asked for and the definition. A value that
 * does not fit is no value and is named in the row's {@code _coverage}; it is never a wrong one,
 * and stops nothing.
 */
@NullMarked
package io.landfall.producer.record;

import org.jspecify.annotations.NullMarked;
