package io.landfall.producer.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.producer.shape.ArchiveInMemory.Goals;
import io.landfall.producer.source.Shaped;
import io.landfall.producer.source.Shaper;
import io.landfall.schemas.ItemAnswers;
import io.landfall.schemas.Manifest;
import io.landfall.schemas.RevisionCause;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
    LocalDate dayOfTheThird = new ArchiveInMemory.Archived(3, "").item().getFirstDay();
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
      return new Goals(1).shape(ArchiveInMemory.answers(new ArchiveInMemory.Archived(7, "A=1")));
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
  void answersOfAnotherArchiveAreKnownByTheirTimeAndThoseOfAClockThatWasPutBackByTheirPlace() {
    archive.add(8, "B=1");
    archive.add(7, "A=1");
    archive.shape(new Goals(1));
    archive.emitted();
    archive.archive.add(
        new ArchiveInMemory.Archived(7, "A=2", ArchiveInMemory.FETCHED.minusSeconds(60)));
    archive.shape(new Goals(1));
    assertThat(archive.emitted()).containsExactly("A/7 UPSERT goals 2 revision 2");

    archive.archive.clear();
    archive.next = 0;
    archive.archive.add(
        new ArchiveInMemory.Archived(7, "A=3", ArchiveInMemory.FETCHED.plusSeconds(60)));
    archive.shape(new Goals(1));
    assertThat(archive.emitted()).containsExactly("A/7 UPSERT goals 3 revision 3");
  }
}
