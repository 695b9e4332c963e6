package io.landfall.producer.rest.ask;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.producer.definition.Paging;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How one kind of paging goes on. Each looks at answers as they came. */
interface Steps {

  /** How many records an unknown page size is a multiple of. */
  int USUAL = 5;

  /** The address of the first page. */
  default URI first(Address address) {
    return address.url();
  }

  Next after(PageRead page);

  /** Where the API says how many records there are, if it does. */
  default Optional<JsonPointer> total() {
    return Optional.empty();
  }

  /** The steps of a listing that begins at an address. */
  static Steps of(Paging paging, Address address, Links links) {
    if (paging instanceof Paging.LinkHeader) {
      return page -> ByLinkHeader.after(page, links);
    }
    if (paging instanceof Paging.Link link) {
      return page ->
          page.at(link.at())
              .filter(node -> !isNo(node))
              .map(
                  node ->
                      node.isTextual()
                          ? links.follow(node.asText(), page.came().url())
                          : new Next.Cut(
                              "at \"%s\" is no address of a next page: %s"
                                  .formatted(link.at(), node.getNodeType())))
              .orElseGet(() -> end(page));
    }
    if (paging instanceof Paging.Token token) {
      return new ByToken(token, address);
    }
    if (paging instanceof Paging.AfterLast last) {
      return new AfterLast(last, address);
    }
    if (paging instanceof Paging.Numbered numbered) {
      return new Numbered(numbered, address);
    }
    if (paging instanceof Paging.Offset offset) {
      return new Offset(offset, address);
    }
    if (paging instanceof Paging.ByCursor) {
      throw new IllegalArgumentException(
          "A page of ties cannot go on by cursor: that is what they have in common");
    }
    return Steps::end;
  }

  /** The listing ends with a page, which is kept unless it is one more that has nothing. */
  static Next end(PageRead page) {
    return new Next.End(!page.isEmpty());
  }

  /** Whether a value says that there is nothing more. */
  static boolean isNo(JsonNode node) {
    return (node.isTextual() && node.asText().isBlank()) || (node.isBoolean() && !node.asBoolean());
  }

  /** What an answer says about there being more. */
  static Optional<Boolean> more(PageRead page, JsonPointer at) {
    return page.at(at).flatMap(Steps::truth);
  }

  private static Optional<Boolean> truth(JsonNode node) {
    if (node.isBoolean()) {
      return Optional.of(node.asBoolean());
    }
    return switch (node.asText("").toLowerCase(Locale.ROOT)) {
      case "true", "1" -> Optional.of(true);
      case "false", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** By the header Link. */
  final class ByLinkHeader {
    private ByLinkHeader() {}

    static Next after(PageRead page, Links links) {
      List<String> targets =
          page.came().headers().allValues("Link").stream()
              .flatMap(header -> LinkHeader.links(header).stream())
              .filter(link -> link.relations().contains("next"))
              .map(LinkHeader.Link::target)
              .distinct()
              .toList();
      if (targets.size() > 1) {
        return new Next.Cut(
            "the header Link has %d different addresses of a next page".formatted(targets.size()));
      }
      return targets.isEmpty() ? end(page) : links.follow(targets.get(0), page.came().url());
    }
  }

  /** By what the answer gives for the next one. */
  final class ByToken implements Steps {
    private final Paging.Token paging;
    private final Address address;
    private final Set<String> used = new HashSet<>();

    ByToken(Paging.Token paging, Address address) {
      this.paging = paging;
      this.address = address;
    }

    @Override
    public Next after(PageRead page) {
      Optional<JsonNode> there = page.at(paging.at()).filter(node -> !isNo(node));
      if (paging.more().isPresent()) {
        Optional<Boolean> more = more(page, paging.more().get());
        if (more.isEmpty()) {
          return new Next.Cut(PageRead.nothingAt(paging.more().get()));
        }
        if (!more.get()) {
          return end(page);
        }
        if (there.isEmpty()) {
          return new Next.Cut(
              "it says at \"%s\" that there is more, and has no token for it at \"%s\""
                  .formatted(paging.more().get(), paging.at()));
        }
      }
      if (there.isEmpty()) {
        return end(page);
      }
      Optional<String> token = PageRead.scalar(there.get());
      if (token.isEmpty()) {
        return new Next.Cut(PageRead.nothingAt(paging.at()));
      }
      return used.add(token.get())
          ? new Next.Go(address.with(paging.to(), token.get()).url())
          : new Next.Cut("the token at \"%s\" has come before".formatted(paging.at()));
    }
  }

  /** By what the last record has. */
  final class AfterLast implements Steps {
    private final Paging.AfterLast paging;
    private final Address address;
    private final Set<String> used = new HashSet<>();

    AfterLast(Paging.AfterLast paging, Address address) {
      this.paging = paging;
      this.address = address;
    }

    @Override
    public Next after(PageRead page) {
      if (paging.more().isPresent()) {
        Optional<Boolean> more = more(page, paging.more().get());
        if (more.isEmpty()) {
          return new Next.Cut(PageRead.nothingAt(paging.more().get()));
        }
        if (!more.get()) {
          return end(page);
        }
        if (page.isEmpty()) {
          return new Next.Cut(
              "it says at \"%s\" that there is more, and has no record after which that begins"
                  .formatted(paging.more().get()));
        }
      } else if (page.isEmpty()) {
        return end(page);
      }
      Optional<String> value = page.ofLast(paging.at());
      if (value.isEmpty()) {
        return new Next.Cut("its last record has nothing usable at \"%s\"".formatted(paging.at()));
      }
      return used.add(value.get())
          ? new Next.Go(address.with(paging.to(), value.get()).url())
          : new Next.Cut(
              "a page before ended with the same value at \"%s\": \"%s\""
                  .formatted(paging.at(), value.get()));
    }
  }

  /** By the number of a page. */
  final class Numbered implements Steps {
    private final Paging.Numbered paging;
    private final Address address;
    private final Fullness fullness;
    private long seen;
    private long pages;

    Numbered(Paging.Numbered paging, Address address) {
      this.paging = paging;
      this.address = paging.size().map(size -> with(address, size)).orElse(address);
      this.fullness = new Fullness(paging.size().map(Paging.Size::records));
    }

    @Override
    public URI first(Address unused) {
      return address.with(paging.parameter(), Integer.toString(paging.first())).url();
    }

    @Override
    public Optional<JsonPointer> total() {
      return paging.total();
    }

    @Override
    public Next after(PageRead page) {
      pages++;
      seen += page.size();
      if (paging.pages().isPresent()) {
        Optional<Long> all = number(page, paging.pages().get());
        if (all.isEmpty()) {
          return new Next.Cut(PageRead.nothingAt(paging.pages().get()));
        }
        return pages >= all.get() ? end(page) : go();
      }
      return fullness.isLast(page, seen, paging.total()) ? end(page) : go();
    }

    private Next go() {
      return new Next.Go(
          address.with(paging.parameter(), Long.toString(paging.first() + pages)).url());
    }
  }

  /** By the number of a record. */
  final class Offset implements Steps {
    private final Paging.Offset paging;
    private final Address address;
    private final Fullness fullness;
    private long seen;

    Offset(Paging.Offset paging, Address address) {
      this.paging = paging;
      this.address = with(address, paging.size());
      this.fullness = new Fullness(Optional.of(paging.size().records()));
    }

    @Override
    public URI first(Address unused) {
      return address.with(paging.parameter(), Integer.toString(paging.first())).url();
    }

    @Override
    public Optional<JsonPointer> total() {
      return paging.total();
    }

    @Override
    public Next after(PageRead page) {
      seen += page.size();
      return fullness.isLast(page, seen, paging.total())
          ? end(page)
          : new Next.Go(
              address.with(paging.parameter(), Long.toString(paging.first() + seen)).url());
    }
  }

  /**
   * Whether a page is the last because it is not full. An API may give fewer than it is asked for,
   * and then no page is full: so a first page of a round number of records is asked on from.
   */
  final class Fullness {
    private final Optional<Integer> asked;
    private long first = -1;

    Fullness(Optional<Integer> asked) {
      this.asked = asked;
    }

    boolean isLast(PageRead page, long seen, Optional<JsonPointer> total) {
      boolean isFirst = first < 0;
      if (isFirst) {
        first = page.size();
      }
      if (page.isEmpty()) {
        return true;
      }
      Optional<Long> all = total.flatMap(at -> number(page, at));
      if (all.isPresent()) {
        return seen >= all.get();
      }
      if (asked.isEmpty()) {
        return false;
      }
      boolean mayBeFull = isFirst ? first % USUAL == 0 : page.size() >= first;
      return page.size() < asked.get() && !mayBeFull;
    }
  }

  private static Address with(Address address, Paging.Size size) {
    return address.with(size.parameter(), Integer.toString(size.records()));
  }

  /** A number at a place of the answer, also where it is written as text. */
  static Optional<Long> number(PageRead page, JsonPointer at) {
    return page.at(at).flatMap(Steps::number);
  }

  /** A number that counts something. */
  static Optional<Long> number(JsonNode node) {
    return Optional.of(node.asText("").strip())
        .filter(text -> text.matches("\\d{1,15}"))
        .map(Long::parseLong);
  }
}
