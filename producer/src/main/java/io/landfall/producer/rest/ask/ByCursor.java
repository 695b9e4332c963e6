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
 *
 * <p>Those pages can shift: a record of them that changes goes to the end, and the first of a page
 * that was not read yet slips to one that was. So they are read until they bring nothing new.
 */
final class ByCursor implements Walk {

  /** How often ties are read once more before that is left to a later look. */
  private static final int MOST_AGAIN = 4;

  private final Paging.ByCursor paging;
  private final CursorForm form;
  private final Function<String, Listing> from;
  private final Set<String> states = new HashSet<>();
  private String since;
  private Listing listing;
  private int count;
  private int largest;

  /** The last place of ties that went over several pages, while these are read. */
  private Optional<CursorValue> tie = Optional.empty();

  private Optional<Again> again = Optional.empty();

  /** Ties that are read once more. */
  private static final class Again {
    /** Where to go on afterwards; empty where the listing ended with them. */
    private final Optional<CursorValue> onwards;

    private int times;
    private boolean isNew;

    Again(Optional<CursorValue> onwards) {
      this.onwards = onwards;
    }
  }

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
    this.since = since;
    this.listing = from.apply(since);
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
  public boolean mayPause() {
    return again.isEmpty() && listing.isFresh();
  }

  @Override
  public Next after(PageRead page) {
    count++;
    Next next = listing.after(page);
    if (next instanceof Next.Cut) {
      return next;
    }
    if (!(next instanceof Next.End) && count >= paging.atMost()) {
      return new Next.Cut("there is more, and at-most is %,d pages".formatted(paging.atMost()));
    }
    return again.isPresent() ? reread(page, next, again.get()) : read(page, next);
  }

  private Next read(PageRead page, Next next) {
    boolean isNew = note(page, page.records());
    Optional<CursorValue> advanced = advanced(page, isNew);
    if (advanced.isPresent()) {
      // Also where the listing ends: what has come since its page was made is after the last.
      return tie.isPresent() ? readAgain(new Again(advanced), isNew) : go(advanced.get(), true);
    }
    if (next instanceof Next.Go) {
      tie = last(page).or(() -> tie);
      return next;
    }
    if (paging.ties() instanceof Paging.None && mayBeFull(page)) {
      return new Next.Cut(
          "all of its %,d records stand at one place of the cursor, and \"ties\" does not say how a page goes on"
              .formatted(page.size()));
    }
    return tie.isPresent() ? readAgain(new Again(Optional.empty()), isNew) : new Next.End(isNew);
  }

  /** Whether any record is new. */
  private boolean note(PageRead page, List<PageRead.Seen> records) {
    largest = Math.max(largest, page.size());
    boolean isNew = false;
    for (PageRead.Seen record : records) {
      isNew |= states.add(record.state());
    }
    return isNew;
  }

  private static Optional<CursorValue> last(PageRead page) {
    return page.isEmpty() ? Optional.empty() : page.records().get(page.size() - 1).cursor();
  }

  /** To where a page has come; empty if asking from there would bring the same. */
  private Optional<CursorValue> advanced(PageRead page, boolean isNew) {
    if (!isNew) {
      return Optional.empty();
    }
    Optional<CursorValue> last = last(page);
    boolean isOne = page.records().get(0).cursor().equals(last);
    boolean isSame = last.map(form::sent).filter(since::equals).isPresent();
    boolean isStillTied = tie.isPresent() && tie.equals(last);
    return (isOne && !isBeyondTie(last)) || isSame || isStillTied ? Optional.empty() : last;
  }

  /** A page that comes after ties has come on, even if it has one place only. */
  private boolean isBeyondTie(Optional<CursorValue> last) {
    return tie.isPresent() && last.filter(place -> place.compareTo(tie.get()) > 0).isPresent();
  }

  private boolean mayBeFull(PageRead page) {
    return !page.isEmpty() && page.size() >= largest && page.size() % Steps.USUAL == 0;
  }

  private Next go(CursorValue place, boolean kept) {
    since = form.sent(place);
    listing = from.apply(since);
    tie = Optional.empty();
    again = Optional.empty();
    return new Next.Go(listing.first(), Optional.of(place), kept);
  }

  /** From where these ties began, whatever follows them. */
  private Next readAgain(Again reading, boolean kept) {
    reading.times++;
    reading.isNew = false;
    again = Optional.of(reading);
    listing = from.apply(since);
    return new Next.Go(listing.first(), form.ofSent(since), kept);
  }

  private Next reread(PageRead page, Next next, Again reading) {
    CursorValue place = tie.orElseThrow();
    boolean isNew =
        note(
            page,
            page.records().stream()
                .filter(
                    record -> record.cursor().filter(at -> at.compareTo(place) <= 0).isPresent())
                .toList());
    reading.isNew |= isNew;
    boolean isBeyond = isBeyondTie(last(page));
    if (next instanceof Next.Go go && !isBeyond) {
      return new Next.Go(go.url(), Optional.empty(), isNew);
    }
    if (reading.isNew) {
      return reading.times >= MOST_AGAIN
          ? new Next.Cut(
              "the records at one place of the cursor, %s, change while they are read"
                  .formatted(form.kept(place)))
          : readAgain(reading, isNew);
    }
    // Where they were the last, others may have come behind them.
    return reading.onwards.isPresent() || isBeyond
        ? go(reading.onwards.orElse(place), false)
        : new Next.End(false);
  }
}
