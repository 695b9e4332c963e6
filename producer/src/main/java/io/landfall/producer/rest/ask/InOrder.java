package io.landfall.producer.rest.ask;

import io.landfall.producer.definition.Reading.Order;
import java.util.List;
import java.util.Optional;

/** Whether records come in the order that is declared, and how far they have come. */
final class InOrder {

  private final CursorForm form;
  private final Order order;
  private final Optional<CursorValue> since;
  private Optional<CursorValue> highest = Optional.empty();
  private Optional<CursorValue> atLeast;

  /**
   * @param since from where changes are asked for, as a request has it
   */
  InOrder(CursorForm form, Order order, Optional<String> since) {
    this.form = form;
    this.order = order;
    this.since = since.flatMap(form::ofSent);
    this.atLeast = this.since.map(form::surely);
  }

  /** All is asked for anew, from this place on. */
  void from(CursorValue place) {
    atLeast = Optional.of(form.surely(place));
  }

  /** Whether what came goes beyond from where it was asked for. */
  boolean advances() {
    return highest.filter(high -> since.filter(high::equals).isEmpty()).isPresent();
  }

  Optional<CursorValue> highest() {
    return highest;
  }

  /**
   * Looks at a page.
   *
   * @return why what was asked for did not come in order; empty if it did
   */
  Optional<String> broken(PageRead page) {
    List<PageRead.Seen> records = page.records();
    Optional<String> why = Optional.empty();
    for (int i = 0; i < records.size(); i++) {
      Optional<CursorValue> cursor = records.get(i).cursor();
      if (cursor.isPresent()) {
        highest = highest.filter(high -> high.compareTo(cursor.get()) >= 0).or(() -> cursor);
      }
      if (why.isEmpty() && order == Order.ASCENDING) {
        why = broken(cursor, i + 1);
      }
    }
    // The next page may begin with what this one ended with, or with all of its last second.
    atLeast = atLeast.map(form::surely);
    return why;
  }

  private Optional<String> broken(Optional<CursorValue> cursor, int number) {
    if (cursor.isEmpty()) {
      return Optional.of(
          "order broken at record %d: it has no cursor that can be read".formatted(number));
    }
    if (atLeast.isPresent() && cursor.get().compareTo(atLeast.get()) < 0) {
      return Optional.of(
          "order broken at record %d: %s comes after %s"
              .formatted(number, form.kept(cursor.get()), form.kept(atLeast.get())));
    }
    atLeast = cursor;
    return Optional.empty();
  }
}
