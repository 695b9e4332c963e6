package io.landfall.cli;

/** What answers a query over the table. */
public enum SqlEngine {
  DUCKDB,
  SPARK
}
