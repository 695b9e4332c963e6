/** What the tests of other modules need of a broker that lets only its users in. */
@NullMarked
package io.landfall.schemas.testing;

import org.jspecify.annotations.NullMarked;
