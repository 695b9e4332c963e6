package io.landfall.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.cli.ExitCode;
import io.landfall.cli.InvalidSettings;
import io.landfall.cli.LandfallException;
import io.landfall.cli.LandfallSettings;
import io.landfall.cli.Settings;
import io.landfall.cli.testing.FakeRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server in this process, and what is asked of it. */
class SchemaRegistryTest {

  private static final String SCHEMA = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}";
  private static final String SUBJECT = "dev.nhl.rows.v1-value";
  private static final Requests.Patience SHORT =
      new Requests.Patience(Duration.ofMillis(500), Duration.ofMillis(1));

  private FakeRegistry server;

  @BeforeEach
  void start() throws IOException {
    server = FakeRegistry.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SchemaRegistry registry() {
    return at(server.url());
  }

  private static SchemaRegistry at(URI url) {
    return new SchemaRegistry(new RegistrySettings(url, null, null), SHORT);
  }

  private static void requireEnd(ExitCode code, ThrowingCallable work, String... words) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            LandfallException.class, stop -> assertThat(stop.exitCode()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  @Test
  void newSubjectIsBackwardCompatibleBeforeItHasASchema() {
    SchemaRegistry registry = registry();

    int id = registry.register(SUBJECT, SCHEMA);

    assertThat(server.versions(SUBJECT)).containsExactly(id);
    assertThat(server.compatibility(SUBJECT)).isEqualTo("BACKWARD");
    assertThat(server.requests())
        .containsExactly(
            "POST /api/subjects/" + SUBJECT,
            "GET /api/subjects/" + SUBJECT + "/versions",
            "GET /api/config/" + SUBJECT,
            "PUT /api/config/" + SUBJECT,
            "POST /api/subjects/" + SUBJECT + "/versions");
    // It is not asked again; another process is told the same.
    assertThat(registry.register(SUBJECT, SCHEMA)).isEqualTo(id);
    assertThat(server.requests()).hasSize(5);
    assertThat(registry().register(SUBJECT, SCHEMA)).isEqualTo(id);
    assertThat(server.requests()).hasSize(6);
    assertThat(server.versions(SUBJECT)).containsExactly(id);
  }

  @Test
  void whereACompatibilityNeedsASubjectItComesRightAfterIt() {
    server.wantSubjectFirst();
    registry().register(SUBJECT, SCHEMA);
    assertThat(server.compatibility(SUBJECT)).isEqualTo("BACKWARD");
    assertThat(server.requests()).endsWith("PUT /api/config/" + SUBJECT);
  }

  @Test
  void whatAnAdministratorHasDecidedStays() {
    server.hasCompatibility(SUBJECT, "FULL_TRANSITIVE");
    registry().register(SUBJECT, SCHEMA);
    assertThat(server.compatibility(SUBJECT)).isEqualTo("FULL_TRANSITIVE");

    server.has(3, "{}");
    server.hasSubject("other-value", 3);
    registry().register("other-value", SCHEMA);
    assertThat(server.compatibility("other-value")).isEqualTo("none");
    assertThat(server.versions("other-value")).hasSize(2);
  }

  /** So a program that may not register schemas can use one that is there. */
  @Test
  void schemaThatIsThereIsNotRegisteredAgain() {
    server.has(7, SCHEMA);
    server.hasSubject(SUBJECT, 7);
    server.refuseVersionsOf(SUBJECT);
    assertThat(registry().register(SUBJECT, SCHEMA)).isEqualTo(7);
    assertThat(server.requests()).containsExactly("POST /api/subjects/" + SUBJECT);
  }

  @Test
  void incompatibleSchemaIsRefused() {
    server.has(3, "{}");
    server.hasSubject(SUBJECT, 3);
    server.refuseVersionsOf(SUBJECT);
    requireEnd(
        ExitCode.REFUSED,
        () -> registry().register(SUBJECT, SCHEMA),
        SUBJECT,
        "incompatible with an earlier schema",
        "Nothing was written",
        "topic-prefix");
    assertThat(server.versions(SUBJECT)).containsExactly(3);
  }

  @Test
  void idStandsForOneSchemaForGood() {
    server.has(7, SCHEMA);
    SchemaRegistry registry = registry();
    assertThat(registry.schema(7)).contains(SCHEMA);
    assertThat(registry.schema(7)).contains(SCHEMA);
    assertThat(registry.schema(-8)).isEmpty();
    server.has(-8, SCHEMA);
    // A record that went to quarantine for it must not be a row a moment later.
    assertThat(registry.schema(-8)).isEmpty();
    assertThat(server.requests())
        .containsExactly("GET /api/schemas/ids/7", "GET /api/schemas/ids/4294967288");
  }

  @Test
  void whatMayPassIsTriedAgain() {
    server.has(7, SCHEMA);
    server.fail(503, 0, 429);
    assertThat(registry().schema(7)).contains(SCHEMA);
    assertThat(server.requests()).hasSize(4);

    server.fail(500, 500, 500, 500);
    requireEnd(
        ExitCode.UNAVAILABLE,
        () -> registry().schema(7),
        server.url().toString(),
        "status 500: told to fail",
        "schema-registry-url");
    assertThat(server.requests()).hasSize(8);
  }

  @Test
  void nobodyThereAndNobodyWhoAnswersIsUnavailable() throws IOException {
    server.close();
    requireEnd(ExitCode.UNAVAILABLE, () -> registry().schema(7), "no connection");
    try (ServerSocket silent = new ServerSocket(0)) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      SchemaRegistry registry =
          new SchemaRegistry(
              new RegistrySettings(url, null, null),
              new Requests.Patience(Duration.ofMillis(50), Duration.ofMillis(1)));
      requireEnd(ExitCode.UNAVAILABLE, () -> registry.schema(7), "no whole answer within 50 ms");
    }
  }

  @Test
  void serverThatIsNoRegistryIsTold() {
    SchemaRegistry elsewhere = at(URI.create(server.url() + "/v9"));
    requireEnd(ExitCode.USAGE, () -> elsewhere.schema(7), "/apis/ccompat/v7");
    requireEnd(ExitCode.USAGE, () -> elsewhere.register(SUBJECT, SCHEMA), "/apis/ccompat/v7");
  }

  @Test
  void userIsLetInAndAnotherOneIsNot() {
    server.onlyLetIn("lander", "s3cret:ü");
    server.has(7, SCHEMA);
    RegistrySettings settings = new RegistrySettings(server.url(), "lander", "s3cret:ü");
    assertThat(new SchemaRegistry(settings, SHORT).schema(7)).contains(SCHEMA);
    assertThat(settings.toString()).contains("lander").doesNotContain("s3cret");

    RegistrySettings wrong = new RegistrySettings(server.url(), "lander", "guessed");
    requireEnd(
        ExitCode.USAGE,
        () -> new SchemaRegistry(wrong, SHORT).schema(7),
        "user lander",
        "status 401",
        "schema-registry-password");
    assertThatThrownBy(() -> new SchemaRegistry(wrong, SHORT).schema(7))
        .hasMessageNotContaining("guessed");
    requireEnd(ExitCode.USAGE, () -> registry().subjects(), "who has no name");
  }

  private static Settings settings(Map<String, String> flags, Map<String, String> environment)
      throws InvalidSettings {
    return Settings.resolve(
        RegistrySettings.ALL, LandfallSettings.ALL, flags, environment, Optional.empty());
  }

  @Test
  void passwordIsNeitherAFlagNorShown() throws InvalidSettings {
    assertThatThrownBy(() -> settings(Map.of("schema-registry-password", "s3cret"), Map.of()))
        .isInstanceOfSatisfying(
            InvalidSettings.class,
            wrong ->
                assertThat(wrong.problems())
                    .singleElement()
                    .asString()
                    .contains("--schema-registry-password", "environment")
                    .doesNotContain("s3cret"));
    Settings settings =
        settings(
            Map.of("schema-registry-url", "http://r:1/", "schema-registry-user", "lander"),
            Map.of("LANDFALL_SCHEMA_REGISTRY_PASSWORD", "s3cret"));
    assertThat(String.join("\n", settings.described()))
        .contains("lander", "***")
        .doesNotContain("s3cret");
    assertThat(RegistrySettings.of(settings))
        .contains(new RegistrySettings(URI.create("http://r:1"), "lander", "s3cret"));
  }

  @Test
  void userWithoutAPasswordIsToldAndNoRegistryIsNone() throws InvalidSettings {
    assertThat(RegistrySettings.of(settings(Map.of(), Map.of()))).isEmpty();
    Settings half = settings(Map.of("schema-registry-user", "lander"), Map.of());
    requireEnd(ExitCode.USAGE, () -> RegistrySettings.of(half), "schema-registry-password");
    assertThat(List.copyOf(RegistrySettings.ALL)).hasSize(3);
  }
}
