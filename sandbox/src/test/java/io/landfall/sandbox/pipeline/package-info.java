/**
 * The whole flow from end to end: a real broker, the real programs as processes of their own, a
 * simulated API, a real table. What must hold is in {@code guarantee}; what is done to the pipeline
 * is in the tests here.
 */
@NullMarked
package io.landfall.sandbox.pipeline;

import org.jspecify.annotations.NullMarked;
