/**
 * Stage 1: from a REST API to rows on Kafka. {@link io.landfall.producer.ProducerMain} only wires;
 * the rooms follow the data: http (how an API is asked), source (what it says), ledger (what is
 * due), fetch (answers and ledger into Kafka), shape (rows out of answers), deadletter (what could
 * not be used), schedule (when), command (one class a command). Beside them nhl, the wing of one
 * API, which nothing but the entry names.
 */
@NullMarked
package io.landfall.producer;

import org.jspecify.annotations.NullMarked;
