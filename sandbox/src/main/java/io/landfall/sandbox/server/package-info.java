/**
 * What every simulated API stands on: a web server on this machine that can also deliver badly, a
 * clock of its own, and the settings that say where it listens.
 *
 * <p>The server is Apache's HttpCore, not the JDK's: a misbehaving API must be able to reset a
 * connection, and the JDK's server never gives its socket away.
 */
@NullMarked
package io.landfall.sandbox.server;

import org.jspecify.annotations.NullMarked;
