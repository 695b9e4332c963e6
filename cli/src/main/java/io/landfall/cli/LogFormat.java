package io.landfall.cli;

/** How what happens on the way is written to standard error. */
public enum LogFormat {
  /** Lines for people. */
  TEXT,
  /** One JSON object a line, with the fields of the Elastic Common Schema. */
  JSON
}
