package io.landfall.consumer.landing;

import io.landfall.schemas.Dataset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What users call a dataset that a definition says: {@code usgs.earthquakes}.
 *
 * @param source as in the names of its topics
 * @param resource as in the name of its landing topic
 */
public record DefinedName(String source, String resource) {

  private static final Pattern FORM =
      Pattern.compile("([a-z0-9][a-z0-9_-]*)\\.([a-z0-9][a-z0-9_-]*)");

  /** Nothing where it is no such name. A resource is found with hyphens and underscores alike. */
  public static Optional<DefinedName> of(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new DefinedName(form.group(1), form.group(2).replace('_', '-')))
        : Optional.empty();
  }

  /** What its table is called in SQL. */
  public String table() {
    return Dataset.nameOf(source, resource);
  }

  /** Whether it is that dataset's. */
  public boolean isOf(Dataset dataset) {
    return dataset.origin() == Dataset.Origin.DEFINITION
        && dataset.source().equals(source)
        && dataset.resource().equals(resource);
  }

  @Override
  public String toString() {
    return source + "." + resource;
  }
}
