package io.landfall.producer.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.landfall.producer.shape.ArchiveInMemory.Archived;
import io.landfall.producer.shape.ArchiveInMemory.Goals;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of answers that shape sees more than once. */
class ReadAgainTest {

  private static final Selection ALL = new Selection(Optional.empty(), Optional.empty(), Set.of());

  private final ArchiveInMemory archive = new ArchiveInMemory();

  @Test
  void anArchiveThatIsReadAgainEmitsNothing() {
    archive.add(7, "A=1,B=2");
    archive.add(8, "!");
    archive.add(7, "A=1");
    archive.add(9, "");
    archive.shape(new Goals(1));
    assertThat(archive.emitted()).hasSize(3);
    assertThat(archive.deadLetters).hasSize(1);
    archive.next = 0;
    archive.shape(new Goals(1));
    assertThat(archive.emitted()).isEmpty();
    assertThat(archive.deadLetters).hasSize(1);
    assertThat(archive.counts.skipped()).isEqualTo(4);
  }

  @Test
  void otherCodeAloneEmitsNothingForWhatWasShaped() {
    archive.add(7, "A=1");
    archive.shape(new Goals(1));
    archive.emitted();
    archive.next = 0;
    archive.add(8, "A=1");
    archive.shape(new Goals(2));
    assertThat(archive.emitted()).containsExactly("A/8 UPSERT goals 2 revision 1");
  }

  @Test
  void aReshapeDerivesTheLastAnswersAlone() {
    archive.add(7, "A=1,B=0");
    archive.add(7, "A=2,B=0");
    archive.shape(new Goals(1));
    archive.emitted();
    archive.reshape(new Goals(10), ALL);
    assertThat(archive.emitted()).containsExactly("A/7 UPSERT goals 20 revision 3");
    assertThat(archive.counts.skipped()).isEqualTo(1);
    assertThat(archive.counts.changed()).isEqualTo(1);
    assertThat(archive.manifests)
        .extracting(Manifest::getCause)
        .containsExactly(RevisionCause.FETCHED, RevisionCause.FETCHED, RevisionCause.RESHAPED);
    assertThat(archive.manifests.get(2).getShapeVersion()).isEqualTo("times 10");
    archive.reshape(new Goals(10), ALL);
    assertThat(archive.emitted()).isEmpty();
  }

  @Test
  void answersThatComeMeanwhileAreNoReshape() {
    archive.add(7, "A=1");
    archive.shape(new Goals(1));
    archive.add(7, "A=2");
    archive.reshape(new Goals(1), ALL);
    assertThat(archive.manifests)
        .extracting(Manifest::getCause)
        .containsExactly(RevisionCause.FETCHED, RevisionCause.FETCHED);
  }

  @Test
  void onlyWhatIsSelectedIsDerivedAgain() {
    for (int game = 1; game <= 4; game++) {
      archive.add(game, "A=1");
    }
    archive.shape(new Goals(1));
    archive.emitted();
    archive.reshape(new Goals(2), new Selection(Optional.empty(), Optional.empty(), Set.of("2")));
    assertThat(archive.emitted()).containsExactly("A/2 UPSERT goals 2 revision 2");
    LocalDate dayOfTheThird = new Archived(3, "").item().getFirstDay();
    archive.reshape(
        new Goals(2), new Selection(Optional.of(dayOfTheThird), Optional.empty(), Set.of()));
    assertThat(archive.emitted())
        .containsExactly("A/3 UPSERT goals 2 revision 2", "A/4 UPSERT goals 2 revision 2");
    archive.reshape(
        new Goals(2), new Selection(Optional.empty(), Optional.of(dayOfTheThird), Set.of()));
    assertThat(archive.emitted()).containsExactly("A/1 UPSERT goals 2 revision 2");
  }

  @Test
  void whatIsPutRightInTheCodeComesWithAReshape() {
    archive.add(7, "!");
    archive.shape(new Goals(1));
    archive.reshape(new Goals(1), ALL);
    assertThat(archive.deadLetters).as("one for each code that has tried").hasSize(2);
    archive.next = 0;
    archive.shape(new Mended());
    assertThat(archive.emitted()).isEmpty();
    archive.reshape(new Mended(), ALL);
    assertThat(archive.emitted()).containsExactly("A/7 UPSERT goals 1 revision 1");
    assertThat(archive.deadLetters).hasSize(2);
  }

  private static final class Mended implements Shaper {
    @Override
    public String version() {
      return "mended";
    }

    @Override
    public Shaped shape(ItemAnswers answers) {
      return new Goals(1).shape(ArchiveInMemory.answers(new Archived(7, "A=1")));
    }
  }

  @Test
  void answersThatCannotBeReadHideNoneThatCan() {
    archive.add(7, "A=1");
    archive.add(7, "?");
    archive.shape(new Goals(1));
    archive.emitted();
    archive.reshape(new Goals(2), ALL);
    assertThat(archive.emitted()).containsExactly("A/7 UPSERT goals 2 revision 2");
  }

  @Test
  void whatCannotBeReadIsOneDeadLetterHoweverOftenTheArchiveIsRead() {
    archive.add(7, "?");
    archive.add(7, "A=1");
    archive.add(7, "?");
    archive.shape(new Goals(1));
    assertThat(archive.deadLetters).hasSize(2);
    for (int again = 0; again < 3; again++) {
      archive.next = 0;
      archive.shape(new Goals(1));
      archive.reshape(new Goals(1), ALL);
    }
    assertThat(archive.deadLetters).hasSize(2);
    archive.archive.add(new Archived(7, "?", ArchiveInMemory.FETCHED.minusSeconds(60)));
    archive.shape(new Goals(1));
    assertThat(archive.deadLetters).as("one that came later, by whatever clock").hasSize(3);
    archive.reshape(new Goals(1), ALL);
    assertThat(archive.deadLetters).hasSize(3);
  }

  @Test
  void aDeadLetterHasAManifestOfItsOwnThatLeavesTheRowsInForce() {
    archive.add(7, "!");
    archive.add(7, "A=1,B=2");
    archive.add(7, "!");
    archive.add(7, "A=1");
    archive.shape(new Goals(1));
    archive.next = 0;
    archive.shape(new Goals(1));
    assertThat(archive.manifests)
        .extracting(
            Manifest::getCause,
            Manifest::getRevision,
            Manifest::getRowsEmitted,
            Manifest::getRowsInForce,
            Manifest::getCoverage,
            Manifest::getDeadLetters)
        .containsExactly(
            tuple(RevisionCause.DEAD_LETTER, 0, 0, 0, "", 1),
            tuple(RevisionCause.FETCHED, 1, 2, 2, "plays", 1),
            tuple(RevisionCause.DEAD_LETTER, 1, 0, 2, "plays", 2),
            tuple(RevisionCause.FETCHED, 2, 1, 1, "plays", 2));
    assertThat(archive.manifests.get(2).getHashInForce())
        .isEqualTo(archive.manifests.get(1).getHashInForce());
    assertThat(archive.manifests.get(0).getHashInForce()).isEqualTo("0".repeat(32));
  }

  @Test
  void answersOfAnotherArchiveAreKnownByTheirTimeAndThoseOfAClockThatWasPutBackByTheirPlace() {
    archive.add(8, "B=1");
    archive.add(7, "A=1");
    archive.shape(new Goals(1));
    archive.emitted();
    archive.archive.add(new Archived(7, "A=2", ArchiveInMemory.FETCHED.minusSeconds(60)));
    archive.shape(new Goals(1));
    assertThat(archive.emitted()).containsExactly("A/7 UPSERT goals 2 revision 2");

    archive.id = "made anew";
    archive.archive.clear();
    archive.next = 0;
    archive.archive.add(new Archived(7, "A=3", ArchiveInMemory.FETCHED.plusSeconds(60)));
    archive.shape(new Goals(1));
    assertThat(archive.emitted()).containsExactly("A/7 UPSERT goals 3 revision 3");
  }

  private static Archived at(int game, String body, int minute) {
    return new Archived(game, body, ArchiveInMemory.FETCHED.plusSeconds(60L * minute));
  }

  /** What Kafka's own records of transactions take up, or what was there before, moves a copy. */
  @ParameterizedTest
  @ValueSource(ints = {-2, 0, 3})
  void anArchiveThatWasRestoredWithOtherOffsetsEmitsNothingAndIsReshapedLikeTheOldOne(int moved) {
    List<Archived> records =
        List.of(at(7, "A=1", 0), at(8, "A=5", 1), at(7, "A=2", 2), at(9, "!", 3), at(9, "?", 4));
    List<Archived> others = List.of(at(1, "A=1", 0), at(2, "A=1", 0), at(3, "A=1", 0));
    archive.archive.addAll(others.subList(0, moved < 0 ? -moved : 0));
    archive.archive.addAll(records);
    archive.shape(new Goals(1));
    archive.emitted();

    archive.id = "restored";
    archive.archive.clear();
    archive.next = 0;
    archive.archive.addAll(others.subList(0, moved > 0 ? moved : 0));
    archive.archive.addAll(records);
    archive.shape(new Goals(1));
    assertThat(archive.emitted()).noneMatch(row -> row.contains("/7 ") || row.contains("/8 "));
    assertThat(archive.deadLetters).hasSize(2);

    archive.reshape(new Goals(10), new Selection(Optional.empty(), Optional.empty(), KEYS));
    assertThat(archive.emitted())
        .containsExactlyInAnyOrder(
            "A/7 UPSERT goals 20 revision 3", "A/8 UPSERT goals 50 revision 2");
    archive.add(7, "A=3");
    archive.archive.set(archive.archive.size() - 1, at(7, "A=3", 9));
    archive.shape(new Goals(10));
    assertThat(archive.emitted()).containsExactly("A/7 UPSERT goals 30 revision 4");
  }

  private static final Set<String> KEYS = Set.of("7", "8", "9");
}
