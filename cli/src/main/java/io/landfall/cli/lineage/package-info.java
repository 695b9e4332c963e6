/**
 * Which run read what and wrote what, told to a service that speaks OpenLineage ({@link
 * io.landfall.cli.lineage.Lineage}), where the user asks for it.
 *
 * <p>It is for whoever looks: nothing waits for an answer, and a service that is away, slow or
 * wrong costs its own events and nothing else. Only what sends events knows OpenLineage's classes,
 * so that a run that tells nobody does not load them.
 */
@NullMarked
package io.landfall.cli.lineage;

import org.jspecify.annotations.NullMarked;
