package io.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

  @TempDir private Path folder;
  private final References references =
      new References(Map.of("TOKEN", "env-t0ken-value", "PLACE", "plain-place"));

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFileIsAllOfItButItsLastLineEnd() throws IOException {
    Path secret = file("secret", "f1rst-line\nsec0nd-line \n");
    assertThat(references.resolve("kafka.x", "a${file:%s}b".formatted(secret)))
        .isEqualTo("af1rst-line\nsec0nd-line b");
  }

  @Test
  void oneOfAPropertiesFileOrOfTheEnvironment() throws IOException {
    Path secrets = file("secrets.properties", "p = pr0p$1\\\\\nq=tw0\n");
    assertThat(references.resolve("kafka.x", "${file:%s:p} ${env:PLACE}".formatted(secrets)))
        .isEqualTo("pr0p$1\\ plain-place");
  }

  @Test
  void aColonInAFilesName() throws IOException {
    Path secret = file("a:b", "colon-secret");
    assertThat(references.resolve("kafka.x", "${file:%s}".formatted(secret)))
        .isEqualTo("colon-secret");
  }

  @Test
  void inAJaasTextItIsQuoted() throws IOException {
    Path secret = file("secret", "a\"b\\c");
    assertThat(
            references.resolve(
                "kafka.sasl.jaas.config", "password=\"${file:%s}\";".formatted(secret)))
        .isEqualTo("password=\"a\\\"b\\\\c\";");
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    Path secrets = file("secrets.properties", "p=secret-value\n");
    assertThatThrownBy(() -> references.resolve("k", "${file:/none/there}"))
        .hasMessageContaining("${file:/none/there}", "no such file");
    assertThatThrownBy(() -> references.resolve("k", "${env:NONE}"))
        .hasMessageContaining("no such variable");
    assertThatThrownBy(() -> references.resolve("k", "${file:%s:q}".formatted(secrets)))
        .hasMessageContaining("has no value q")
        .hasMessageNotContaining("secret-value");
  }

  @Test
  void otherNotationsAreSomebodyElses() {
    assertThat(references.resolve("kafka.x", "${vault:/a:b} $5 ${}"))
        .isEqualTo("${vault:/a:b} $5 ${}");
  }

  @Test
  void whatCameFromThereIsMaskedFromThenOn() throws IOException {
    Path secret = file("secret", "never-Sh0wn\n");
    assertThat(references.resolve("kafka.ssl.truststore.location", "${file:%s}".formatted(secret)))
        .isEqualTo("never-Sh0wn");
    String unused = references.resolve("kafka.x", "${env:TOKEN}${env:PLACE}");
    assertThat(Masked.text("it says never-Sh0wn, env-t0ken-value and plain-place"))
        .isEqualTo("it says ***, *** and plain-place");
    assertThat(LandfallException.usage("no never-Sh0wn here")).hasMessage("no *** here");
  }

  @Test
  void aFlagMayReferToASecretAndNotBeOne() throws Exception {
    Path secret = file("secret", "flag-s3cret");
    for (String value :
        List.of(
            "${file:%s}".formatted(secret),
            "X required username=\"u\" password=\"${file:%s}\";".formatted(secret))) {
      Settings settings =
          Settings.resolve(
              List.of(),
              List.of(),
              Map.of("kafka.sasl.jaas.config", value),
              Map.of(),
              Optional.empty());
      assertThat(settings.passedThrough(PassThrough.KAFKA).get("sasl.jaas.config"))
          .contains("flag-s3cret");
      assertThat(settings.described().get(0)).contains(value).doesNotContain("flag-s3cret");
    }
    assertThatThrownBy(
            () ->
                Settings.resolve(
                    List.of(),
                    List.of(),
                    Map.of("kafka.sasl.jaas.config", "password=\"pl4in\" x=\"${env:HOME}\";"),
                    Map.of("HOME", "/h"),
                    Optional.empty()))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("can be seen by others")
        .hasMessageNotContaining("pl4in");
  }

  @Test
  void secretsBehindTheirNamesAreMasked() {
    assertThat(
            Masked.text(
                "Login required username=\"u\" password=\"a b\\\"c\"; -Djavax.net.ssl.trustStorePassword=xyz rest clientSecret='q'"))
        .isEqualTo(
            "Login required username=\"u\" password=***; -Djavax.net.ssl.trustStorePassword=*** rest clientSecret=***");
  }
}
