package io.landfall.cli;

/** How rows are printed. */
public enum OutputFormat {
  /** For people: columns in line. */
  TABLE,
  /** RFC 4180, with a line of names first. */
  CSV,
  /** One JSON object a line. */
  JSON
}
