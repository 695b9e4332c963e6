/**
 * What wakes somebody: rules, mail and dashboard, held against what the programs tell, with the
 * real Prometheus and Alertmanager where they are installed.
 */
@NullMarked
package io.landfall.sandbox.monitoring;

import org.jspecify.annotations.NullMarked;
