/**
 * A real S3 server in a process of its own, and a proxy in front of it that misbehaves as networks
 * and other servers do.
 */
@NullMarked
package io.landfall.storage.s3;

import org.jspecify.annotations.NullMarked;
