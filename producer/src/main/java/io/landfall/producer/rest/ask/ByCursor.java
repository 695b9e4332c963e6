package io.landfall.producer.rest.ask;

import io.landfall.producer.definition.Paging;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Each request asks from the last record's cursor on, that included: there are no pages that could
 * shift while they are read. Where a page does not advance, since all of it has one cursor, its
 * listing is gone on with as the API does, until it advances.
 */
final class ByCursor implements Walk {

  private final Paging.ByCursor paging;
  private final CursorForm form;
  private final Function<String, Listing> from;
  private final Set<String> states = new HashSet<>();
  private Listing listing;
  private Optional<CursorValue> asked;
  private int count;
  private int largest;

  /**
   * A walk from a position.
   *
   * @param since as a request has it
   * @param from the listing from a position on, as a request has it
   */
  ByCursor(Paging.ByCursor paging, CursorForm form, String since, Function<String, Listing> from) {
    this.paging = paging;
    this.form = form;
    this.from = from;
    this.listing = from.apply(since);
    this.asked = form.ofSent(since);
  }

  @Override
  public URI first() {
    return listing.first();
  }

  @Override
  public Optional<String> validator() {
    return listing.validator();
  }

  /** What each request says is of the rest only. */
  @Override
  public Optional<Long> total() {
    return Optional.empty();
  }

  @Override
  public Next after(PageRead page) {
    count++;
    boolean isNew = false;
    for (PageRead.Seen record : page.records()) {
      isNew |= states.add(record.state());
    }
    Next next = listing.after(page);
    if (next instanceof Next.Cut) {
      return next;
    }
    Optional<CursorValue> advanced = advanced(page, isNew);
    if (advanced.isEmpty()) {
      return notAdvanced(page, next, isNew);
    }
    if (count >= paging.atMost()) {
      return tooMany();
    }
    asked = advanced;
    listing = from.apply(form.sent(advanced.get()));
    return new Next.Go(listing.first());
  }

  /** To where a page has come; empty if asking from there would bring the same. */
  private Optional<CursorValue> advanced(PageRead page, boolean isNew) {
    List<PageRead.Seen> records = page.records();
    if (!isNew || records.isEmpty()) {
      return Optional.empty();
    }
    Optional<CursorValue> last = records.get(records.size() - 1).cursor();
    boolean isOne = records.get(0).cursor().equals(last);
    String sent = last.map(form::sent).orElse("");
    boolean same = asked.map(form::sent).filter(sent::equals).isPresent();
    return isOne || same ? Optional.empty() : last;
  }

  private Next notAdvanced(PageRead page, Next next, boolean isNew) {
    boolean mayBeFull = !page.isEmpty() && page.size() >= largest && page.size() % Steps.USUAL == 0;
    largest = Math.max(largest, page.size());
    if (next instanceof Next.Go && count >= paging.atMost()) {
      return tooMany();
    }
    if (!(next instanceof Next.End)) {
      return next;
    }
    if (paging.ties() instanceof Paging.None && mayBeFull) {
      return new Next.Cut(
          "all of its %,d records stand at one place of the cursor, and \"ties\" does not say how a page goes on"
              .formatted(page.size()));
    }
    return new Next.End(isNew);
  }

  private Next tooMany() {
    return new Next.Cut("there is more, and at-most is %,d pages".formatted(paging.atMost()));
  }
}
