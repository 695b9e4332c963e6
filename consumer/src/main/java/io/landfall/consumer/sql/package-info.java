/**
 * A look at the table in SQL that cannot change anything: neither the table nor any other file, nor
 * the session; it runs no code, loads no class, reads no file but Delta tables' and tells no
 * secret.
 *
 * <p>Two layers, each of which holds alone:
 *
 * <ul>
 *   <li>the guard ({@link io.landfall.consumer.sql.StatementGuard}) lets a closed set of plan
 *       nodes, expressions, functions and sources through, as parsed, before Spark starts, and as
 *       analysed, before anything runs. What it does not know it refuses: a list of what is refused
 *       would always have a hole.
 *   <li>the lock ({@link io.landfall.consumer.sql.ReadOnlySession}) is what the engine offers: file
 *       systems that refuse every change, a check of every analysed plan, no substitution of
 *       variables.
 * </ul>
 *
 * <p>Spark has no public way to see what a statement would do, so this room, and no other, uses its
 * parser, plans and analyser ({@code org.apache.spark.sql.catalyst}, {@code execution}, {@code
 * classic}) and Delta's nodes. All of them are named as classes: a release that takes one away
 * breaks the build, and one that adds something adds it as refused.
 */
@NullMarked
package io.landfall.consumer.sql;

import org.jspecify.annotations.NullMarked;
