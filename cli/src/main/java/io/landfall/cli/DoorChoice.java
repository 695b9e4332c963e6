package io.landfall.cli;

/** By which door rows get into a table. */
public enum DoorChoice {
  /** Fast where the table is a folder, Spark's where it is a name in a catalog. */
  AUTO,
  /** Files written in Spark's tasks straight from the records, committed through Delta Kernel. */
  FAST,
  /** Spark's own writer. */
  SPARK
}
