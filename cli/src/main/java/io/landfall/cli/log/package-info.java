/**
 * How log lines are written: {@code %printable{…}} in a pattern of Log4j shows control characters
 * instead of sending them, and masks credentials of URLs. What is logged came from APIs, records
 * and users as much as what is printed did. {@link JsonLog} does the same for lines that are JSON.
 */
@NullMarked
package io.landfall.cli.log;

import org.jspecify.annotations.NullMarked;
