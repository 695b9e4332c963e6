package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Optional;

/** How an answer goes on. Only the API ends it; more pages than these are a look cut short. */
public sealed interface Paging {

  /** The most pages where nothing is said. */
  int MOST_PAGES = 1000;

  int atMost();

  /** One answer is all. */
  record None() implements Paging {
    @Override
    public int atMost() {
      return 1;
    }
  }

  /** {@code Link: <…>; rel="next"} (RFC 8288). */
  record LinkHeader(int atMost) implements Paging {}

  /** The body has the address of the next page; it ends where there is none. */
  record Link(JsonPointer at, int atMost) implements Paging {}

  /**
   * The body has a token for the next page.
   *
   * @param to the parameter that takes it
   * @param more where the body says whether there is more; empty where the token's absence does
   */
  record Token(JsonPointer at, String to, Optional<JsonPointer> more, int atMost)
      implements Paging {}

  /**
   * The next page begins after the last record.
   *
   * @param at where that has what the parameter takes
   */
  record AfterLast(JsonPointer at, String to, Optional<JsonPointer> more, int atMost)
      implements Paging {}

  /**
   * How many a page has.
   *
   * @param parameter that says so
   */
  record Size(String parameter, int records) {}

  /**
   * By the number of the page.
   *
   * @param pages where the body says how many there are, if it does
   * @param total where it says how many records there are, if it does
   */
  record Numbered(
      String parameter,
      int first,
      Optional<Size> size,
      Optional<JsonPointer> pages,
      Optional<JsonPointer> total,
      int atMost)
      implements Paging {}

  /** By the number of the first record of the page. */
  record Offset(String parameter, int first, Size size, Optional<JsonPointer> total, int atMost)
      implements Paging {}

  /**
   * Each request asks from the cursor of the last record on, that included.
   *
   * @param ties how one goes on within a page that has one cursor alone
   */
  record ByCursor(Paging ties, int atMost) implements Paging {}
}
