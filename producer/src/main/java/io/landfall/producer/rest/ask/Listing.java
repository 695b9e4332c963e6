package io.landfall.producer.rest.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.landfall.producer.definition.Paging;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What begins at one address, page after page, with a watch on pages that do not advance. */
final class Listing implements Walk {

  private final Paging paging;
  private final Steps steps;
  private final URI first;
  private final Set<URI> asked = new HashSet<>();
  private final Map<String, Integer> pages = new HashMap<>();
  private final Set<String> keys = new HashSet<>();
  private int count;
  private Optional<Total> total = Optional.empty();
  private Optional<String> validator = Optional.empty();

  /** What a page said of all. */
  private record Total(long records, int page) {}

  Listing(Paging paging, Address address, Links links) {
    this.paging = paging;
    this.steps = Steps.of(paging, address, links);
    this.first = steps.first(address);
    asked.add(first);
  }

  @Override
  public URI first() {
    return first;
  }

  /** Whether no page of it has come. */
  boolean isFresh() {
    return count == 0;
  }

  @Override
  public Optional<Long> total() {
    return total.map(Total::records);
  }

  @Override
  public Optional<String> validator() {
    return count == 1 ? validator : Optional.empty();
  }

  /** How a request with a validator knows that it is for the same address. */
  static String validator(URI url, String etag) {
    return UUID.nameUUIDFromBytes(url.toString().getBytes(UTF_8)) + " " + etag;
  }

  @Override
  public Next after(PageRead page) {
    count++;
    validator =
        page.came()
            .headers()
            .firstValue("ETag")
            .filter(etag -> !mayBeFull(page))
            .map(etag -> validator(first, etag));
    Optional<Integer> same =
        page.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(pages.putIfAbsent(page.fingerprint(), page.number()));
    if (same.isPresent()) {
      return new Next.Cut(
          "it has the same %,d records as page %d: paging does not advance"
              .formatted(page.size(), same.get()));
    }
    page.records().forEach(record -> keys.add(record.key()));
    Optional<String> otherTotal = otherTotal(page);
    if (otherTotal.isPresent()) {
      return new Next.Cut(otherTotal.get());
    }
    Next next = steps.after(page);
    if (next instanceof Next.Go go) {
      return goingOn(go);
    }
    return next instanceof Next.End ? ended(next) : next;
  }

  /** A page that may be full says nothing of the next one, and so does its ETag. */
  private boolean mayBeFull(PageRead page) {
    return !(paging instanceof Paging.None) && !page.isEmpty() && page.size() % Steps.USUAL == 0;
  }

  private Optional<String> otherTotal(PageRead page) {
    Optional<Long> said = steps.total().flatMap(at -> Steps.number(page, at));
    if (said.isEmpty()) {
      return Optional.empty();
    }
    Optional<Total> before = total;
    total = total.or(() -> Optional.of(new Total(said.get(), page.number())));
    return before
        .filter(other -> other.records() != said.get())
        .map(
            other ->
                "it says that there are %,d records, and page %d said %,d: they changed while they were read"
                    .formatted(said.get(), other.page(), other.records()));
  }

  private Next goingOn(Next.Go go) {
    if (count >= paging.atMost()) {
      return new Next.Cut(
          "there is more at %s, and at-most is %,d pages".formatted(go.url(), paging.atMost()));
    }
    return asked.add(go.url())
        ? go
        : new Next.Cut(
            "it goes on at %s, which was asked before: paging does not advance"
                .formatted(go.url()));
  }

  private Next ended(Next next) {
    return total
        .filter(all -> keys.size() < all.records())
        .<Next>map(
            all ->
                new Next.Cut(
                    "%,d different records came, and the API says there are %,d"
                        .formatted(keys.size(), all.records())))
        .orElse(next);
  }
}
