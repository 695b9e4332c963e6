package io.landfall.cli.lineage;

/** How a run ended that has not thrown. */
public sealed interface RunEnd {

  /** It did what it was there for. */
  RunEnd COMPLETE = new Complete();

  /** It was told to stop before it had. */
  RunEnd ABORTED = new Aborted();

  /** It did what it was there for. */
  record Complete() implements RunEnd {}

  /** It was told to stop before it had. */
  record Aborted() implements RunEnd {}

  /** It could not do all of it. */
  record Failed(String reason) implements RunEnd {}
}
