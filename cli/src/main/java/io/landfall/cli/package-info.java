/**
 * What every Landfall program has in common at its command line: commands, settings and how they
 * are found, exit codes.
 *
 * <p>A setting is declared once ({@link io.landfall.cli.LandfallSettings}) and can be given as a
 * flag, as an environment variable, in a YAML file, or left to its default; the first of these
 * wins. All mistakes are told at once, before anything is started. The programs' own rooms hold no
 * parsing.
 */
@NullMarked
package io.landfall.cli;

import org.jspecify.annotations.NullMarked;
