package io.landfall.producer.definition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of a source's file for people, made of the keys themselves. */
final class SourcePage {

  private static final String INTRODUCTION =
      """
      # Sources

      This page is generated from the code (`SourcePage`); a test fails when it is stale.

      A source is one API, described in a YAML file: how it is asked, how its records are read, and which columns come of
      them. No code is needed. [sources/usgs.yaml](../sources/usgs.yaml) and [sources/github.yaml](../sources/github.yaml) are two to start from.

      `landfall source check FILE…` tells everything that is wrong at once, each with file, line and column, and asks nobody.
      `landfall source schema` prints a JSON Schema for editors, which is [sources/source.schema.json](../sources/source.schema.json) too; with
      `# yaml-language-server: $schema=source.schema.json` in its first line a file is completed and checked while it is written.

      Values are taken as they are written: `1.10` is not `1.1`, and `yes` is text where text is expected. Lengths of time are written
      `500ms`, `30s`, `15m`, `6h` or `7d`; places are JSON Pointers (RFC 6901) such as `/properties/mag`, `""` being the whole.
      Secrets are never in the file: `${env:NAME}`, `${file:/path}` and `${file:/path:key}` refer to them, under `api.auth` and `api.headers` alone.
      YAML's anchors, aliases and types are refused, as is a key that stands there twice.

      ## The answers as a table

      `answers-table: true` lands the API's answers as they came, too, as the dataset `SOURCE.answers` (`--answers-table` for the NHL, `nhl.answers`): one
      row for each answer that differs from the one before of the same request and item, `same-but-for` left out. It is filled from the archive, from its
      beginning on, whenever it is switched on; no API is asked. Key: `item`, `request`, `in_force`.

          landfall consumer run --dataset usgs.answers --table /data/bronze/usgs_answers
          landfall consumer sql --dataset usgs.answers --table /data/bronze/usgs_answers \\
              "SELECT item, received_at, json_array_length(body, '$.features') FROM usgs_answers_current"

      Columns: `item`, `request`, `in_force` (false: kept, and no rows came of it; `why_not_in_force` says why), `page`, `url` (without secrets), `status`,
      `content_type`, `asked_at`, `received_at`, `sha256` and `bytes` of the body, `body` as text or in Base64 (`body_encoding`), and those that each table has.
      Headers are not archived, so they are not there. An answer is never taken back: `_operation` is always UPSERT.

      ## What may change later

      | change | what comes of it |
      | --- | --- |
      | a new field | the table gets the column; old rows have null there |
      | a field that is no longer wanted | `retired: true`: the column stays, without values from now on |
      | another `at`, `as`, `ignore`, … | `_shape_version` changes; `producer reshape` makes the rows in force anew from the archive |
      | another type, key or meaning, a field taken out | refused; `dataset-version: 2` begins a new topic and table, filled from the archive without asking the API |
      | another name of the source or a resource | another source or resource |

      ## What holds

      The answers of a look, the position that it came to and the items that it named are one transaction; bounds are inclusive, and what comes
      twice has the same hash and is no new row; only the API ends a listing, and a look that was cut short says so and takes nothing back; a
      record is taken back after two complete looks without it. Of looks of the same time (`in-flight`) that were answered different things of one
      record, the one that ended last is made again. `NothingLostTest` holds rows in force against a collection that misbehaves.
      `FieldLossesTest` plays what users of other tools have lost, each beside a reader that keeps the highest cursor seen and loses it;
      `SnapshotsTest` three days of real corrections.

      Not promised: a record that changes without its cursor, outside every window that is still looked at (a `whole` bounds that); a record
      that becomes visible later than `lag`, where nothing else reads it; an API that answers a request with the page of an earlier one.

      Not there yet:

      - What a window had before it was halved, and its halves do not have, is not taken back.
      - An answer larger than 8 MB is no answer: a window is halved for it, and whatever else is asked for needs smaller pages.
      - `landfall status` tells of the first dataset's rows only. `source check` does not compare with the definition in force; `source apply` does.
      - `producer diff` and `reshape --dry-run` refuse such sources. Of a landing topic that was made anew, `consumer verify` compares rows, not their sum.
      - `source infer --diff`, `source test --record` and `--replay`.
      """;

  private SourcePage() {}

  static String text() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Group<?> group : groups()) {
      page.append("%n## %s%n%n%s%n%n".formatted(group.title(), group.doc()));
      page.append(
          "| key | value | without it | meaning | example |\n| --- | --- | --- | --- | --- |\n");
      for (Key<?> key : group.keys()) {
        page.append(
            "| `%s` | %s | %s | %s | `%s` |%n"
                .formatted(
                    key.name(),
                    cell(words(key)),
                    key.required()
                        ? "**required**"
                        : key.fallbackText().isEmpty() ? "" : "`" + key.fallbackText() + "`",
                    cell(key.doc()),
                    cell(key.example())));
      }
    }
    return page.toString();
  }

  private static String words(Key<?> key) {
    return key.form().words();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  /** All that there are, from the file inwards. */
  static List<Group<?>> groups() {
    Set<Group<?>> found = new LinkedHashSet<>();
    add(SourceKeys.FILE, found);
    return new ArrayList<>(found);
  }

  private static void add(Group<?> group, Set<Group<?>> found) {
    if (found.add(group)) {
      List<Group<?>> next = new ArrayList<>();
      try (Stream<Group<?>> groups = group.next()) {
        groups.forEach(next::add);
      }
      next.forEach(each -> add(each, found));
    }
  }
}
