package io.landfall.producer.definition;

import java.util.Optional;

/**
 * One key of the file.
 *
 * @param name as it is written
 * @param form what it takes
 * @param required whether nothing can be understood without it
 * @param fallback what holds where it is not written, if that is a value
 * @param fallbackText the same for people; empty where its absence needs no word
 * @param doc one sentence, or two
 * @param example a value as it is written
 */
record Key<T>(
    String name,
    Form<T> form,
    boolean required,
    Optional<T> fallback,
    String fallbackText,
    String doc,
    String example) {

  static <T> Key<T> required(String name, Form<T> form, String example, String doc) {
    return new Key<>(name, form, true, Optional.empty(), "", doc, example);
  }

  /** One whose absence means something. */
  static <T> Key<T> optional(String name, Form<T> form, String example, String doc) {
    return new Key<>(name, form, false, Optional.empty(), "", doc, example);
  }

  /** The same with what holds otherwise. */
  Key<T> or(T value, String text) {
    return new Key<>(name, form, false, Optional.of(value), text, doc, example);
  }
}
