package io.landfall.producer.rest.ask;

import io.landfall.producer.definition.Paging;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Each request asks from the last record's cursor on, that included: there are no pages that could
 * shift while they are read. Where a page does not advance, since all of it has one cursor, its
 * listing is gone on with as the API does, until it advances.
 *
 * <p>Those pages can shift: a record of them that changes goes to the end, and the first of a page
 * that was not read yet slips to one that was. The one that changed comes again with a later
 * cursor, and tells of it: from its old place on all is read once more.
 */
final class ByCursor implements Walk {

  /** How often a stretch is read once more before that is left to a later look. */
  private static final int MOST_AGAIN = 3;

  private final Paging.ByCursor paging;
  private final CursorForm form;
  private final Function<String, Listing> from;
  private final Set<String> states = new HashSet<>();
  private final Map<String, CursorValue> tied = new HashMap<>();
  private Optional<CursorValue> moved = Optional.empty();
  private int again;
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
      note(record);
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

  /** Whether a record that was among ties has left them. */
  private void note(PageRead.Seen record) {
    CursorValue before = tied.get(record.key());
    if (before != null && record.cursor().filter(now -> now.compareTo(before) > 0).isPresent()) {
      moved = moved.filter(first -> first.compareTo(before) <= 0).or(() -> Optional.of(before));
    }
  }

  private Next notAdvanced(PageRead page, Next next, boolean isNew) {
    boolean mayBeFull = !page.isEmpty() && page.size() >= largest && page.size() % Steps.USUAL == 0;
    largest = Math.max(largest, page.size());
    if (next instanceof Next.Go && count >= paging.atMost()) {
      return tooMany();
    }
    if (!(next instanceof Next.End)) {
      page.records()
          .forEach(record -> record.cursor().ifPresent(at -> tied.putIfAbsent(record.key(), at)));
      return next;
    }
    if (moved.isPresent()) {
      return onceMore(moved.get());
    }
    if (paging.ties() instanceof Paging.None && mayBeFull) {
      return new Next.Cut(
          "all of its %,d records stand at one place of the cursor, and \"ties\" does not say how a page goes on"
              .formatted(page.size()));
    }
    return new Next.End(isNew);
  }

  private Next onceMore(CursorValue place) {
    again++;
    if (again > MOST_AGAIN || count >= paging.atMost()) {
      return new Next.Cut(
          "records that stand at one place of the cursor, %s, changed while they were read"
              .formatted(form.kept(place)));
    }
    tied.clear();
    moved = Optional.empty();
    asked = Optional.of(place);
    listing = from.apply(form.sent(place));
    return new Next.Go(listing.first(), asked);
  }

  private Next tooMany() {
    return new Next.Cut("there is more, and at-most is %,d pages".formatted(paging.atMost()));
  }
}
