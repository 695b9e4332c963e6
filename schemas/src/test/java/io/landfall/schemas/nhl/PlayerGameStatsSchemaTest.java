package io.landfall.schemas.nhl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The table that users have today: its names and types are kept. */
class PlayerGameStatsSchemaTest {

  private static final List<Schema.Field> CONTENT =
      PlayerGameStats.getClassSchema().getFields().stream()
          .filter(field -> !field.name().startsWith("_"))
          .toList();

  private static Schema.Type type(Schema.Field field) {
    Schema schema = field.schema();
    return schema.isUnion() ? schema.getTypes().get(1).getType() : schema.getType();
  }

  @Test
  void thereAre133ColumnsOfThreeTypes() {
    assertThat(CONTENT).hasSize(133);
    assertThat(CONTENT).filteredOn(field -> type(field) == Schema.Type.STRING).hasSize(7);
    assertThat(CONTENT).filteredOn(field -> type(field) == Schema.Type.INT).hasSize(115);
    assertThat(CONTENT).filteredOn(field -> type(field) == Schema.Type.DOUBLE).hasSize(11);
  }

  @Test
  void onlyWhatEveryRowHasIsRequired() {
    assertThat(CONTENT)
        .filteredOn(field -> !field.schema().isUnion())
        .extracting(Schema.Field::name)
        .containsExactlyInAnyOrder("playerId", "playerTeam", "gameId", "season", "situation");
  }
}
