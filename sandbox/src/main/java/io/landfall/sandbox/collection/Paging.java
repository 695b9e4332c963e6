package io.landfall.sandbox.collection;

import java.util.Optional;

/** How a listing goes on: {@code paging=} in a request. */
enum Paging {
  /** All in one answer; too many are a 400. */
  NONE(""),
  /** {@code Link: <…>; rel="next"}, to another path, by the number of the page. */
  LINK("page"),
  /** {@code links.next} in the body, without a host. */
  NEXT("token"),
  /** {@code next} and {@code more} in the body. */
  TOKEN("token"),
  /** {@code more} in the body; the next page begins after the last id. */
  AFTER("starting_after"),
  /** By the number of the page, from 1. */
  PAGE("page"),
  /** By the number of its first record, from 0. */
  OFFSET("offset"),
  /** The same from 1. */
  START("start");

  /** The parameter that says where a page begins. */
  final String parameter;

  Paging(String parameter) {
    this.parameter = parameter;
  }

  /** Whether an answer needs an object around its records to say how it goes on. */
  boolean needsBody() {
    return this == NEXT || this == TOKEN || this == AFTER;
  }

  /** The number of the first page or record, where numbers are given. */
  Optional<Integer> first() {
    return switch (this) {
      case LINK, PAGE, START -> Optional.of(1);
      case OFFSET -> Optional.of(0);
      default -> Optional.empty();
    };
  }
}
