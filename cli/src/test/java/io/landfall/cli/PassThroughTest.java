package io.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassThroughTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.bucket.bronze.secret.key",
        "spark.hadoop.fs.s3a.session.token",
        "spark.hadoop.fs.s3a.encryption.key",
        "spark.hadoop.fs.azure.account.key.bronze.dfs.core.windows.net",
        "spark.hadoop.fs.azure.account.oauth2.client.secret.bronze.dfs.core.windows.net",
        "spark.hadoop.fs.azure.sas.fixed.token.bronze.dfs.core.windows.net",
        "spark.hadoop.fs.gs.auth.service.account.private.key",
        "spark.hadoop.fs.gs.encryption.key"
      })
  void whatOpensAnObjectStoreIsASecret(String key) {
    assertThat(PassThrough.isSecret(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.key.serializer",
        "spark.hadoop.fs.s3a.endpoint",
        "spark.hadoop.fs.s3a.path.style.access",
        "spark.hadoop.fs.azure.account.auth.type.bronze.dfs.core.windows.net",
        "spark.hadoop.fs.gs.auth.type"
      })
  void whatOnlySaysWhereAndHowIsShown(String key) {
    assertThat(PassThrough.isSecret(key)).isFalse();
  }
}
