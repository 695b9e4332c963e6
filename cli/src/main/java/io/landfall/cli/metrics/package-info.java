/**
 * What a program tells of itself in figures, while it runs and when it has ended.
 *
 * <p>Each figure is declared once ({@link io.landfall.cli.metrics.Metric}); docs/metrics.md is made
 * of that list. A command that has some ({@link io.landfall.cli.metrics.MeasuredCommand}) gets
 * {@link io.landfall.cli.metrics.Metrics} to hand on to whoever knows them. Who asks for them, over
 * HTTP or in a file, is known to {@link io.landfall.cli.metrics.Monitoring} alone; where nobody
 * does, nothing is counted and no thread is started. No figure that fails stops a command.
 */
@NullMarked
package io.landfall.cli.metrics;

import org.jspecify.annotations.NullMarked;
