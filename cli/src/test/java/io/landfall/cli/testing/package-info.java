/** What the tests of other modules also use. */
@NullMarked
package io.landfall.cli.testing;

import org.jspecify.annotations.NullMarked;
