package io.landfall.program;

/** What answers a query over the table. */
public enum SqlEngine {
  DUCKDB,
  SPARK
}
