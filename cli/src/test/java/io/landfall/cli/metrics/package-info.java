@NullMarked
package io.landfall.cli.metrics;

import org.jspecify.annotations.NullMarked;
