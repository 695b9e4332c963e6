package io.landfall.producer.nhl.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** docs/columns.md says what the Avro schema says. */
class ColumnsPageTest {

  private static final List<Schema.Field> FIELDS = Columns.SCHEMA.getFields();

  private static final String HEAD =
      """
      # Columns of `player_game_stats`

      Generated from the Avro schema `PlayerGameStats` by `ColumnsPageTest`; the texts live there.

      One row is one dressed skater in one game and situation. A game has 36 skaters in five
      situations: `all`, `5on5`, `5on4`, `4on5`, `other`. A situation is seen from the skater's team:
      both goalies in, and exactly so many own against opposing skaters; the rest (4-on-4, 3-on-3, two
      men short, an empty net, a penalty shot) is `other`, and the four add up to `all`.

      - **Whose**: `I_F_…` is the skater's own; `OnIce_F_…`/`OnIce_A_…` his team's and the other team's
        while he is on the ice, `OffIce_…` while he is off it; any other `…For`/`…Against` is his team's
        and the other team's in that game and situation. On and off the ice add up to the team's.
      - **The strength of an event** is its situation code; of a second on the ice, the shifts of all
        players. An event without a code has the strength of those on the ice; without shifts that of the
        events before and after it, if they agree and are less than two minutes apart. Who is on the ice at an event: at a face-off those whose shift starts then, at any other
        event those who were on until then. At a penalty shot it is the shooter alone.
      - **Goals are shots.** A shot blocked by a team-mate is a blocked attempt. Nothing of a shootout is
        counted.
      - **Null is "not known"**, never 0. Without a complete shift chart the columns that need shifts are
        null, in every situation; the next revision of the game fills them when the chart has come. A
        chart is complete when the seconds of each player are the box score's time on ice to within two.
        Without a box score to hold it against, a chart counts as complete when it contradicts the
        situation code at no more than one play in a hundred. Two complete HTML reports stand in for it.
        `_coverage` tells what a row was derived from.
      - **`…+live` at the end of `_coverage`**: the row is provisional, of a game that went on (`--live`). What counts so
        far is what has happened so far; the columns that need shifts are null. Who wants final rows only leaves them out:
        `WHERE _coverage NOT LIKE '%live'`. The final answer is a later revision, and then no row of the game in force says so.
      - **Plays are refuted** when goals are not the score of their own answer (a shootout aside), when
        shots on goal of a team are short of it by more than two, when a period is lacking or cut off, or
        when the box score has more than three and a tenth more in two kinds of event; then no count of
        plays is a fact. A kind of event that is not in the feed at all, or short of the box score alone,
        is not known, nor is what is counted from it; a game without goals or penalties is believed.
      - **A strength nobody tells** leaves the event in `all` and makes that count null in the
        situations; where more than one event in ten has none, no count is known in a situation.
      - **Where a shot was from** needs the end that the home team defends: what the events say, their
        zone codes and where each team shoots from. Where two of the three say so, the third is wrong.
      - **Before** is what the table held until now, made by the script that this replaces.
      """;

  private static final String TABLE =
      """

      | column | type | meaning | unit | needs | null when | before |
      |---|---|---|---|---|---|---|
      """;

  private static final String SYSTEM =
      """

      ## System columns of a row

      Those that come with the record; the consumer adds its own.

      | column | type | meaning |
      |---|---|---|
      """;

  /** From here on the page is the consumer's, held against its code by a test of the same name. */
  private static final String CONSUMERS = "\n## Columns that the consumer adds\n";

  @Test
  void pageIsTheSchemas() {
    String page = Page.text("columns.md");
    int consumers = page.indexOf(CONSUMERS);
    Page.verify(
        "columns.md", HEAD + table() + system() + (consumers < 0 ? "" : page.substring(consumers)));
  }

  @Test
  void everyContentColumnSaysAllThereIsToSay() {
    List<Schema.Field> content = FIELDS.stream().filter(f -> !f.name().startsWith("_")).toList();
    assertThat(content).hasSize(133);
    assertThat(content)
        .allSatisfy(
            field -> {
              assertThat(field.doc()).isNotBlank();
              for (String property : List.of("unit", "needs", "nullWhen", "before")) {
                assertThat(field.getProp(property)).as("%s %s", field, property).isNotBlank();
              }
            });
  }

  private static String table() {
    return FIELDS.stream()
        .filter(field -> !field.name().startsWith("_"))
        .map(
            field ->
                "| `%s` | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                        field.name(),
                        type(field.schema()),
                        field.doc(),
                        field.getProp("unit"),
                        field.getProp("needs"),
                        field.getProp("nullWhen"),
                        field.getProp("before")))
        .collect(Collectors.joining("", TABLE, ""));
  }

  private static String system() {
    return FIELDS.stream()
        .filter(field -> field.name().startsWith("_"))
        .map(
            field ->
                "| `%s` | %s | %s |%n".formatted(field.name(), type(field.schema()), field.doc()))
        .collect(Collectors.joining("", SYSTEM, ""));
  }

  private static String type(Schema schema) {
    if (schema.isUnion()) {
      return schema.getTypes().stream()
          .filter(type -> type.getType() != Schema.Type.NULL)
          .map(ColumnsPageTest::type)
          .collect(Collectors.joining());
    }
    return schema.getLogicalType() == null
        ? schema.getType().getName()
        : schema.getLogicalType().getName();
  }
}
