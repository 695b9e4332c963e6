package io.landfall.producer.definition;

import com.fasterxml.jackson.core.JsonPointer;
import io.landfall.producer.definition.Paging.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys below {@code paging}. */
final class PagingKeys {

  private static final int MOST = 1_000_000;

  private static final Scalar<Paging> WORDS =
      Scalars.words(words(new Paging.None(), new Paging.LinkHeader(Paging.MOST_PAGES)));

  private static final Key<Integer> AT_MOST =
      Key.optional(
              "at-most",
              Scalars.number(1, MOST),
              "50",
              "Pages of one look. Where there are more, the look was cut short and counts as"
                  + " incomplete: it is never the end.")
          .or(Paging.MOST_PAGES, Integer.toString(Paging.MOST_PAGES));

  private static final Key<JsonPointer> LINK =
      Key.required(
          "link", Scalars.POINTER, "/links/next", "Where the body has the next page's address.");

  private static final Key<JsonPointer> CURSOR =
      Key.required(
          "cursor", Scalars.POINTER, "/meta/next", "Where the body has a token for the next page.");

  private static final Key<JsonPointer> LAST =
      Key.required(
          "last",
          Scalars.POINTER,
          "/id",
          "Where the last record has what the next page begins after.");

  private static final Key<String> TO =
      Key.required("to", Scalars.TO, "query.cursor", "The parameter that takes it.");

  private static final Key<JsonPointer> MORE =
      Key.optional(
          "more",
          Scalars.POINTER,
          "/has_more",
          "Where the body says whether there is more: true or false. Without it, pages end where"
              + " there is nothing to go on from.");

  private static final Key<String> PAGE =
      Key.required("page", Scalars.TEXT, "page", "The parameter that takes the page's number.");

  private static final Key<String> OFFSET =
      Key.required(
          "offset",
          Scalars.TEXT,
          "offset",
          "The parameter that takes the number of the page's first record.");

  private static final Key<Integer> FIRST =
      Key.required("first", Scalars.number(0, 1), "1", "What the first one is: 0 or 1.");

  private static final Form<Size> SIZE_FORM =
      new Form.Of<>(
          MapForm.of(Scalars.TEXT, Scalars.number(1, MOST)),
          sizes -> {
            if (sizes.size() != 1) {
              throw new IllegalArgumentException(
                  "expected one parameter and its value, such as {per_page: 100}");
            }
            Map.Entry<String, Integer> size = sizes.entrySet().iterator().next();
            return new Size(size.getKey(), size.getValue());
          });

  private static final String SIZE_DOC =
      "The parameter that says how many records a page has, and how many. A page with fewer is the"
          + " last.";

  private static final Key<Size> SIZE = Key.required("size", SIZE_FORM, "{limit: 1000}", SIZE_DOC);

  private static final Key<Size> SIZE_IF_ANY =
      Key.optional(
          "size",
          SIZE_FORM,
          "{per_page: 100}",
          SIZE_DOC + " Without it, an empty page is the end, or what `pages` or `total` says.");

  private static final Key<JsonPointer> PAGES =
      Key.optional(
          "pages", Scalars.POINTER, "/0/pages", "Where the body says how many pages there are.");

  private static final Key<JsonPointer> TOTAL =
      Key.optional(
          "total",
          Scalars.POINTER,
          "/meta/total",
          "Where the body says how many records there are; what came is compared with it.");

  private enum By {
    CURSOR,
    LINK_HEADER
  }

  private static final Key<By> BY =
      Key.required(
          "by",
          Scalars.oneOf(By.class),
          "cursor",
          "`cursor`: each request asks from the cursor of the last record on, that included, so"
              + " that no page can shift while others are read; for `changes` in ascending order."
              + " `link-header`: as the word alone, for a limit of pages.");

  private static final Group<Paging> BY_LINK =
      new Group<>(
          "paging-by-link",
          "paging, by links in the body",
          "The body has the address of the next page; it ends where there is none.",
          List.of(LINK, AT_MOST),
          values -> Optional.of(new Paging.Link(values.get(LINK), values.get(AT_MOST))));

  private static final Group<Paging> BY_TOKEN =
      new Group<>(
          "paging-by-token",
          "paging, by tokens in the body",
          "The body has a token for the next page.",
          List.of(CURSOR, TO, MORE, AT_MOST),
          values ->
              Optional.of(
                  new Paging.Token(
                      values.get(CURSOR), values.get(TO), values.find(MORE), values.get(AT_MOST))));

  private static final Group<Paging> AFTER_LAST =
      new Group<>(
          "paging-after-last",
          "paging, after the last record",
          "The next page begins after the last record.",
          List.of(LAST, TO, MORE, AT_MOST),
          values ->
              Optional.of(
                  new Paging.AfterLast(
                      values.get(LAST), values.get(TO), values.find(MORE), values.get(AT_MOST))));

  private static final Group<Paging> NUMBERED =
      new Group<>(
          "paging-by-page",
          "paging, by the page's number",
          "Pages have numbers. It ends with a page that is empty, or has fewer records than asked"
              + " for, or where the body says so.",
          List.of(PAGE, FIRST, SIZE_IF_ANY, PAGES, TOTAL, AT_MOST),
          values ->
              Optional.of(
                  new Paging.Numbered(
                      values.get(PAGE),
                      values.get(FIRST),
                      values.find(SIZE_IF_ANY),
                      values.find(PAGES),
                      values.find(TOTAL),
                      values.get(AT_MOST))));

  private static final Group<Paging> BY_OFFSET =
      new Group<>(
          "paging-by-offset",
          "paging, by offset",
          "Records have numbers. It ends with a page that has fewer records than asked for, or"
              + " where the body says so.",
          List.of(OFFSET, FIRST, SIZE, TOTAL, AT_MOST),
          values ->
              Optional.of(
                  new Paging.Offset(
                      values.get(OFFSET),
                      values.get(FIRST),
                      values.get(SIZE),
                      values.find(TOTAL),
                      values.get(AT_MOST))));

  private static final Form<Paging> TIES_FORM =
      new Either<>(
          "how one goes on from page to page",
          Optional.of(WORDS),
          List.of(BY_LINK, BY_TOKEN, AFTER_LAST, NUMBERED, BY_OFFSET));

  private static final Key<Paging> TIES =
      Key.optional(
          "ties",
          TIES_FORM,
          "link-header",
          "How one goes on where a whole page has one and the same cursor; `none` where the API has"
              + " no way. Required with `by: cursor`.");

  private static final Group<Paging> BY_ORDER =
      new Group<>(
          "paging-by",
          "paging, by cursor",
          "Each request asks from where the last one came to.",
          List.of(BY, TIES, AT_MOST),
          PagingKeys::byOrder);

  static final Form<Paging> PAGING =
      new Either<>(
          "none, link-header, or how one goes on from page to page",
          Optional.of(WORDS),
          List.of(BY_LINK, BY_TOKEN, AFTER_LAST, NUMBERED, BY_OFFSET, BY_ORDER));

  private PagingKeys() {}

  private static Map<String, Paging> words(Paging none, Paging header) {
    Map<String, Paging> words = new java.util.LinkedHashMap<>();
    words.put("none", none);
    words.put("link-header", header);
    return words;
  }

  private static Optional<Paging> byOrder(Values values) {
    int atMost = values.get(AT_MOST);
    Optional<Paging> ties = values.find(TIES);
    if (values.get(BY) == By.LINK_HEADER) {
      ties.ifPresent(any -> values.refuse(TIES, "only pages by cursor have ties; leave it out"));
      return Optional.of(new Paging.LinkHeader(atMost));
    }
    if (ties.isEmpty()) {
      values.refuse(
          "ties is missing: how the API goes on where a whole page has one and the same cursor,"
              + " such as link-header, or none");
      return Optional.empty();
    }
    return Optional.of(new Paging.ByCursor(ties.get(), atMost));
  }
}
