package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.schemas.Access.When;
import io.landfall.schemas.nhl.NhlDatasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** The page in docs, against the list. */
class AccessPageTest {

  private static final Path PAGE = Path.of("..", "docs", "security.md");
  private static final Topics TOPICS = NhlDatasets.PLAYER_GAME_STATS.topics();

  @Test
  void thePageInDocsIsWhatTheListSays() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(AccessPage.BEGIN) + AccessPage.BEGIN.length();
    int to = page.indexOf(AccessPage.END);
    assertThat(page).contains(AccessPage.BEGIN, AccessPage.END);
    String expected = AccessPage.text(TOPICS);
    if (Boolean.getBoolean("landfall.docs.write")) {
      Files.writeString(PAGE, page.substring(0, from) + expected + page.substring(to));
      page = Files.readString(PAGE);
      to = page.indexOf(AccessPage.END);
    }
    assertThat(page.substring(from, to))
        .as("docs/security.md is stale: mvn -pl schemas test -Dlandfall.docs.write=true")
        .isEqualTo(expected);
  }

  @Test
  void noCommandMayMoreThanItDoes() {
    for (String program : List.of("producer", "consumer", "landfall")) {
      for (String command : Access.commands(program)) {
        assertThat(Access.needed(program, command, TOPICS))
            .as(program + " " + command)
            .isNotEmpty()
            .extracting(right -> right.entry().operation())
            .doesNotContain(
                AclOperation.ALL,
                AclOperation.ALTER,
                AclOperation.ALTER_CONFIGS,
                AclOperation.CREATE,
                AclOperation.DELETE);
      }
    }
  }

  @Test
  void aDeploymentsRightsAreItsOwn() {
    Topics dev = NhlDatasets.PLAYER_GAME_STATS.withTopicPrefix("dev.").topics();
    for (When when : When.values()) {
      assertThat(Access.rights("producer", "run", when, dev))
          .extracting(AclBinding::pattern)
          .filteredOn(resource -> resource.resourceType() != ResourceType.CLUSTER)
          .allMatch(resource -> resource.name().startsWith("dev."));
    }
  }
}
