package io.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.TableLocation.Catalog;
import io.landfall.cli.TableLocation.Folder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableLocationTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /data/x,                       file,  '',                 /data/x
          /data/../x/,                   file,  '',                 /x
          file:/data/x,                  file,  '',                 /data/x
          file:///data/x,                file,  '',                 /data/x
          FILE:/data/a b,                file,  '',                 /data/a b
          /data/a b%20c,                 file,  '',                 /data/a b%20c
          s3a://bucket/t/x/,             s3a,   bucket,             /t/x
          hdfs:///t,                     hdfs,  '',                 /t
          hdfs://host:8020/t,            hdfs,  host:8020,          /t
          abfss://c@a.dfs.example/t,     abfss, c@a.dfs.example,    /t
          gs://my_bucket/t,              gs,    my_bucket,          /t
          """)
  void foldersOfAnyFileSystem(String text, String scheme, String authority, String path) {
    assertThat(Parsers.table(text)).isEqualTo(new Folder(scheme, authority, path));
  }

  @Test
  void relativeFolderIsOfThisMachine() {
    assertThat(Parsers.table("data/t")).hasToString(Path.of("data/t").toAbsolutePath().toString());
    assertThat(Parsers.table("./a.b.c")).isInstanceOf(Folder.class);
    assertThat(Parsers.table("a.b")).isInstanceOf(Folder.class);
  }

  @Test
  void namesInACatalog() {
    assertThat(Parsers.table("main.bronze.player_game_stats"))
        .isEqualTo(new Catalog("main", "bronze", "player_game_stats"))
        .hasToString("main.bronze.player_game_stats");
    TableLocation quoted = Parsers.table("main.`my-schema`.`a.b`");
    assertThat(quoted)
        .isEqualTo(new Catalog("main", "my-schema", "a.b"))
        .hasToString("main.`my-schema`.`a.b`");
    assertThat(quoted.sql()).isEqualTo("`main`.`my-schema`.`a.b`");
  }

  @Test
  void foldersInSql() {
    assertThat(Parsers.table("/data/x`y").sql()).isEqualTo("delta.`/data/x``y`");
    assertThat(Parsers.table("s3a://bucket/t").sql()).isEqualTo("delta.`s3a://bucket/t`");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          s3://bucket/t,              'expected s3a://bucket/t'
          s3n://bucket/t,             'expected s3a://bucket/t'
          s3a:bucket/t,               expected an absolute path
          backup:2026,                'write ./backup:…'
          file:t,                     expected an absolute path
          file:/data/a%20b,           expected a plain path
          file://host/t,              not on this machine
          c:/t,                       a drive of Windows
          a b://t,                    is a URI scheme
          s3a://key:secret@bucket/t,  without credentials
          s3a://key:sec/secret@b/t,   without credentials
          s3a://bucket/t?x=1,         'without ? and #'
          s3a://bucket/a b,           expected a URI
          """)
  void whatIsNoTableIsTold(String text, String why) {
    assertThatThrownBy(() -> Parsers.table(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void foldersThatLieWithinEachOther() {
    Folder one = new Folder("s3a", "bucket", "/t");

    assertThat(one.overlaps(new Folder("s3a", "bucket", "/t/x"))).isTrue();
    assertThat(new Folder("s3a", "bucket", "/t/x").overlaps(one)).isTrue();
    assertThat(one.overlaps(new Folder("s3a", "bucket", "/tx"))).isFalse();
    assertThat(one.overlaps(new Folder("s3a", "other", "/t"))).isFalse();
    assertThat(one.overlaps(new Folder("gs", "bucket", "/t"))).isFalse();
  }
}
