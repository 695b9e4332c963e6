/**
 * The main job from nothing to a filled table, told while it happens: {@link
 * io.landfall.sandbox.demo.Demo} is the story, {@link io.landfall.sandbox.demo.Stage} has the
 * programs, {@link io.landfall.sandbox.demo.Screen} shows it.
 *
 * <p>Every command that is shown is the one that runs, and what the story claims is checked while
 * it is told: a demo that ends with exit code 0 has seen it. Folders and ports are its own, so two
 * demos never meet; nothing is left running unless that was asked for.
 */
@NullMarked
package io.landfall.sandbox.demo;

import org.jspecify.annotations.NullMarked;
