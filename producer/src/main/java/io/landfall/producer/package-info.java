/**
 * Stage 1: from a REST API to rows on Kafka. {@link io.landfall.producer.ProducerMain} only wires;
 * the rooms follow the data: source (what the API says), ledger (what is due), fetch (answers and
 * ledger into Kafka), shape (rows out of answers), command (one class a verb).
 */
@NullMarked
package io.landfall.producer;

import org.jspecify.annotations.NullMarked;
