package io.landfall.consumer.ingest;

/** Ends a query whose table stands elsewhere by now. */
final class TableMoved extends RuntimeException {

  TableMoved() {
    super("The table stands elsewhere by now");
  }
}
