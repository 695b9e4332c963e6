package io.landfall.consumer.door.fast;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Commits as Kernel's own committer does, with texts in the log's actions that Kernel's
 * transactions have no place for.
 *
 * @param texts by action and field, {@code commitInfo}'s {@code userMetadata} and the like; asked
 *     when the commit is made
 */
record NotedCommitter(Committer committer, Supplier<Map<String, Map<String, String>>> texts)
    implements Committer {

  @Override
  public CommitResponse commit(
      Engine engine, CloseableIterator<Row> actions, CommitMetadata metadata)
      throws CommitFailedException {
    return committer.commit(engine, actions.map(this::noted), metadata);
  }

  private Row noted(Row action) {
    for (Map.Entry<String, Map<String, String>> entry : texts.get().entrySet()) {
      int ordinal = action.getSchema().indexOf(entry.getKey());
      if (ordinal >= 0 && !action.isNullAt(ordinal)) {
        return new Replaced(
            action, ordinal, new Texts(action.getStruct(ordinal), entry.getValue()));
      }
    }
    return action;
  }

  /** A row with another struct in one place. */
  private static final class Replaced extends ForwardingRow {
    private final int replaced;
    private final Row struct;
    private final StructType schema;

    Replaced(Row row, int replaced, Row struct) {
      super(row);
      this.replaced = replaced;
      this.struct = struct;
      List<StructField> fields = new ArrayList<>(row.getSchema().fields());
      StructField field = fields.get(replaced);
      fields.set(
          replaced, new StructField(field.getName(), struct.getSchema(), field.isNullable()));
      this.schema = new StructType(fields);
    }

    @Override
    public StructType getSchema() {
      return schema;
    }

    @Override
    public Row getStruct(int ordinal) {
      return ordinal == replaced ? struct : super.getStruct(ordinal);
    }
  }

  /** A row with texts in place of some of its fields, or behind them. */
  private static final class Texts extends ForwardingRow {
    private final Map<String, String> texts;
    private final StructType schema;

    Texts(Row row, Map<String, String> texts) {
      super(row);
      this.texts = texts;
      StructType wider = row.getSchema();
      for (String name : texts.keySet()) {
        if (wider.indexOf(name) < 0) {
          wider = wider.add(name, StringType.STRING, true);
        }
      }
      this.schema = wider;
    }

    @Override
    public StructType getSchema() {
      return schema;
    }

    @Override
    public boolean isNullAt(int ordinal) {
      return !texts.containsKey(schema.at(ordinal).getName()) && super.isNullAt(ordinal);
    }

    @Override
    public String getString(int ordinal) {
      String text = texts.get(schema.at(ordinal).getName());
      return text == null ? super.getString(ordinal) : text;
    }
  }
}
