/**
 * A schema registry that speaks Confluent's REST API, as far as writers and readers of rows ask
 * one: the id of a schema, which is registered once, and the schema of an id.
 *
 * <p>No registry's own client is used: this one is small, brings nothing, and runs in Spark's tasks
 * as well as in a program. What a registry has said of an id is never asked again in a process,
 * since an id never gets another schema. It knows nothing of Avro: a schema is a text.
 */
@NullMarked
package io.landfall.cli.registry;

import org.jspecify.annotations.NullMarked;
