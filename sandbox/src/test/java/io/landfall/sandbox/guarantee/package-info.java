/**
 * The promises as objects: each looks at what went in and what came out, and verifies itself. A
 * test carries them through any fault and asks them at the end; a new fault is one more line there.
 *
 * <p>They look from outside: at the API's schedule, at the topics through a plain consumer, at the
 * table through Delta Kernel. They share no code with producer or consumer but the contract.
 */
@NullMarked
package io.landfall.sandbox.guarantee;

import org.jspecify.annotations.NullMarked;
