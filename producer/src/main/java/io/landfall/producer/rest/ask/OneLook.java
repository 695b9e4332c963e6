package io.landfall.producer.rest.ask;

import io.landfall.cli.Reason;
import io.landfall.producer.definition.Paging;
import io.landfall.producer.definition.Reading;
import io.landfall.producer.http.Reply;
import io.landfall.producer.record.RecordReader;
import io.landfall.producer.record.UnusableBody;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One look while it goes on. For use by one thread, once. */
final class OneLook {

  /** The placeholder for a position. */
  static final String SINCE = "since";

  private static final List<String> KEPT_HEADERS = List.of("ETag", "Date", "Link");

  private final Asking asking;
  private final Question question;
  private final RecordReader reader;
  private final Optional<InOrder> order;
  private final List<Look.Page> pages = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private int requests;

  /** Where the next request goes. */
  private URI next = URI.create("");

  private long bytes;
  private Optional<Instant> askedAt = Optional.empty();
  private Optional<Instant> dated = Optional.empty();
  private Optional<Long> total = Optional.empty();

  OneLook(Asking asking, Question question) {
    this.asking = asking;
    this.question = question;
    this.reader = new RecordReader(question.records());
    this.order =
        question
            .changes()
            .map(
                changes ->
                    new InOrder(
                        new CursorForm(changes.cursor()),
                        changes.order(),
                        Optional.ofNullable(question.values().get(SINCE))));
  }

  Look look() throws InterruptedException {
    Instant began = asking.now();
    Walk walk;
    try {
      walk = walk();
    } catch (IllegalArgumentException e) {
      return look(
          began,
          Optional.empty(),
          Reasons.refused("%s: %s".formatted(question.ask().path(), Reason.of(e))));
    }
    Look.Ending ending = ending(walk);
    return look(
        began,
        ending instanceof Look.Ending.Whole && question.ask().conditional()
            ? walk.validator()
            : Optional.empty(),
        ending);
  }

  private Look look(Instant began, Optional<String> validator, Look.Ending ending) {
    return new Look(
        pages,
        askedAt.orElse(began),
        dated,
        order.flatMap(InOrder::highest),
        validator,
        total,
        ending);
  }

  private Walk walk() {
    Reading.Ask ask = question.ask();
    URI base = asking.hosts().base(ask.host());
    Links links = new Links(asking.hosts(), asking::bare);
    if (ask.paging() instanceof Paging.ByCursor byCursor) {
      Question.Changes changes =
          question
              .changes()
              .orElseThrow(
                  () -> new IllegalArgumentException("only changes can be paged by cursor"));
      return new ByCursor(
          byCursor,
          new CursorForm(changes.cursor()),
          question.values().getOrDefault(SINCE, ""),
          since ->
              new Listing(
                  byCursor.ties(),
                  Address.of(base, ask.path(), ask.query(), withSince(since)),
                  links));
    }
    return new Listing(
        ask.paging(), Address.of(base, ask.path(), ask.query(), question.values()), links);
  }

  private Map<String, String> withSince(String since) {
    Map<String, String> values = new HashMap<>(question.values());
    values.put(SINCE, since);
    return values;
  }

  private Look.Ending ending(Walk walk) throws InterruptedException {
    next = walk.first();
    while (true) {
      URI url = next;
      Asking.Got got = asking.ask(url, etag(url));
      requests++;
      if (got instanceof Asking.Got.None none) {
        return pages.isEmpty() ? none.ending() : inTheMiddle(none.ending(), walk);
      }
      Asking.Got.Answer answer = (Asking.Got.Answer) got;
      Reply.Came came = answer.came();
      if (askedAt.isEmpty()) {
        askedAt = Optional.of(came.sentAt());
        dated = came.headers().firstValue("Date").flatMap(OneLook::date);
      }
      PageRead page;
      try {
        page = PageRead.of(requests, url, came, question, reader);
      } catch (UnusableBody e) {
        return cut(url, e.reason());
      }
      if (requests == 1 && saysNothingYet(page)) {
        return new Look.Ending.Empty();
      }
      Optional<Look.Ending> ending = after(page, walk, answer);
      if (ending.isPresent()) {
        return ending.get();
      }
    }
  }

  private Optional<Look.Ending> after(PageRead page, Walk walk, Asking.Got.Answer answer)
      throws InterruptedException {
    Optional<String> broken = order.flatMap(watch -> watch.broken(page));
    Next way = walk.after(page);
    total = walk.total();
    if (requests == 1 || isKept(way)) {
      keep(page, answer);
    }
    if (broken.isPresent()) {
      return Optional.of(cut(page.asked(), broken.get()));
    }
    if (way instanceof Next.Cut cut) {
      return Optional.of(cut(page.asked(), cut.reason()));
    }
    if (way instanceof Next.End) {
      return Optional.of(counted());
    }
    Next.Go go = (Next.Go) way;
    next = go.url();
    go.from().ifPresent(place -> order.ifPresent(watch -> watch.from(place)));
    if (bytes < question.mostBytes()) {
      return Optional.empty();
    }
    String reason =
        "%,d bytes came in %,d pages, and there is more at %s".formatted(bytes, pages.size(), next);
    if (walk.mayPause() && order.map(InOrder::advances).orElse(true)) {
      return Optional.of(new Look.Ending.Filled(Reasons.told(reason)));
    }
    return bytes < Question.MOST_BYTES ? Optional.empty() : Optional.of(Reasons.cut(reason));
  }

  private static boolean isKept(Next way) {
    return way instanceof Next.End end ? end.kept() : !(way instanceof Next.Go go) || go.kept();
  }

  private Optional<String> etag(URI url) {
    if (requests > 0 || !question.ask().conditional()) {
      return Optional.empty();
    }
    return question
        .validator()
        .filter(validator -> validator.startsWith(Listing.validator(url, "")))
        .map(validator -> validator.substring(Listing.validator(url, "").length()));
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** An object that is there and has nothing in it says nothing, as a list does. */
  private boolean saysNothingYet(PageRead page) {
    return question
        .ask()
        .emptyWhen()
        .filter(
            at -> page.at(at).filter(node -> !node.isContainerNode() || !node.isEmpty()).isEmpty())
        .isPresent();
  }

  private void keep(PageRead page, Asking.Got.Answer answer) {
    Reply.Came came = answer.came();
    page.records().forEach(record -> keys.add(record.key()));
    bytes += came.body().length;
    Map<String, String> headers = new HashMap<>();
    for (String name : KEPT_HEADERS) {
      String all = String.join(", ", came.headers().allValues(name));
      if (!all.isEmpty()) {
        headers.put(name, answer.knownAs().shown(all));
      }
    }
    pages.add(
        new Look.Page(
            pages.size() + 1,
            answer.knownAs().shown(page.asked()),
            came.status(),
            came.headers().firstValue("Content-Type").orElse(""),
            headers,
            came.body(),
            came.receivedAt(),
            page.size()));
  }

  private Look.Ending cut(URI url, String reason) {
    return Reasons.cut("page %d: GET %s: %s".formatted(requests, url, reason));
  }

  /** What ends a look of which something has come. */
  private Look.Ending inTheMiddle(Look.Ending ending, Walk walk) throws InterruptedException {
    if (!(ending instanceof Look.Ending.Empty)) {
      return inTheMiddle(ending);
    }
    Optional<Long> missed = walk.total().filter(all -> keys.size() < all);
    return missed.isPresent()
        ? Reasons.cut(
            "page %d: there is nothing more: %,d different records came, and the API says there are %,d"
                .formatted(requests, keys.size(), missed.get()))
        : counted();
  }

  /** The same where nothing can be the end of it. */
  private Look.Ending inTheMiddle(Look.Ending ending) {
    String page = "page %d: ".formatted(requests);
    if (ending instanceof Look.Ending.Later later) {
      return Reasons.cut(page + later.reason(), later.until());
    }
    if (ending instanceof Look.Ending.NotAsked not) {
      return Reasons.cut(page + not.reason());
    }
    if (ending instanceof Look.Ending.Refused refused) {
      return Reasons.cut(page + refused.reason());
    }
    if (ending instanceof Look.Ending.Gone gone) {
      return Reasons.cut(page + gone.reason());
    }
    return ending instanceof Look.Ending.Empty || ending instanceof Look.Ending.Unchanged
        ? Reasons.cut(page + "the answer has no body")
        : ending;
  }

  /** All that came, judged by what the API says how many there are. */
  private Look.Ending counted() throws InterruptedException {
    Optional<Reading.Count> count = question.ask().count();
    if (count.isEmpty()) {
      return new Look.Ending.Whole();
    }
    URI url;
    try {
      url =
          Address.of(
                  asking.hosts().base(question.ask().host()),
                  count.get().path(),
                  count.get().query(),
                  question.values())
              .url();
    } catch (IllegalArgumentException e) {
      return Reasons.cut("%s: %s".formatted(count.get().path(), Reason.of(e)));
    }
    Asking.Got got = asking.ask(url, Optional.empty());
    if (got instanceof Asking.Got.None none) {
      Look.Ending ending = inTheMiddle(none.ending());
      return ending instanceof Look.Ending.CutShort cut
          ? Reasons.cut("nobody knows whether these are all: " + cut.reason(), cut.until())
          : ending;
    }
    Optional<Long> all = number(((Asking.Got.Answer) got).came(), count.get());
    if (all.isEmpty()) {
      return Reasons.cut(
          "nobody knows whether these are all: GET %s: %s"
              .formatted(url, PageRead.nothingAt(count.get().at())));
    }
    total = all;
    return keys.size() < all.get()
        ? Reasons.cut(
            "%,d different records came, and GET %s says there are %,d"
                .formatted(keys.size(), url, all.get()))
        : new Look.Ending.Whole();
  }

  private static Optional<Long> number(Reply.Came came, Reading.Count count) {
    return PageRead.root(came.body()).map(root -> root.at(count.at())).flatMap(Steps::number);
  }
}
