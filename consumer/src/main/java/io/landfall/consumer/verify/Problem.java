package io.landfall.consumer.verify;

/**
 * A row that is not as it should be.
 *
 * @param item whose it is; empty where that is not known
 * @param detail what is wrong, with what tells the row from others
 */
public record Problem(Kind kind, String item, int partition, long offset, String detail) {

  /** What can be wrong with a row. */
  public enum Kind {
    /** The topic has it and the table has not, though it stands behind it. */
    MISSING("the topic has them, the table has not"),
    /** A commit landed it, and somebody took it back: it lies behind the table's position now. */
    TAKEN("they were landed once, and taken back; `run` goes on before them"),
    /** More than one row was made of one record. */
    DOUBLED("one record of the topic is more than one row"),
    /** A row holds other values than were landed. */
    DAMAGED("their values are not those that were landed"),
    /** A column of a row is not what its record says. */
    DIFFERS("a column is not what the record says"),
    /** The table has it, and the topic has no record there. */
    EXTRA("the topic has no such record"),
    /** Two records with one key and one revision. */
    TWICE("their key and revision are there already, from another record"),
    /** The topic has a record of which no manifest tells. */
    STRANGE("no manifest tells of the record"),
    /** A manifest tells of more rows than the topic has. */
    UNSENT("a manifest tells of them, the topic has not got them");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    public String description() {
      return description;
    }
  }
}
