/** Tables on a real S3 server: what commits there promise, with real faults and real processes. */
@NullMarked
package io.landfall.storage;

import org.jspecify.annotations.NullMarked;
