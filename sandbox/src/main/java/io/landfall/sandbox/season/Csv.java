package io.landfall.sandbox.season;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The tables beside these classes, each with a line of column names. */
final class Csv {

  private Csv() {}

  static <T> List<T> rows(String resource, Class<T> type) {
    try (InputStream in = requireNonNull(Csv.class.getResourceAsStream(resource), resource);
        MappingIterator<T> rows =
            new CsvMapper()
                .readerFor(type)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(in)) {
      return List.copyOf(rows.readAll());
    } catch (IOException e) {
      throw new UncheckedIOException("A resource of this jar cannot be read: " + resource, e);
    }
  }
}
