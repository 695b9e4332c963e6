package io.landfall.producer.fetch;

import io.landfall.schemas.AnswerNotInForce;
import io.landfall.schemas.ApiAnswer;
import io.landfall.schemas.ItemAnswers;
import java.util.ArrayList;
import java.util.List;

/** A look as records of the archive: one, or several where it does not fit into one. */
final class Parts {

  private final long most;
  private final List<ItemAnswers.Builder> parts = new ArrayList<>();
  private long bytes;

  private Parts(ItemAnswers look, long most) {
    this.most = most;
    add(look);
  }

  /** Whether each answer in force fits into a record. */
  static boolean fit(ItemAnswers look, long most) {
    return look.getAnswers().stream().allMatch(answer -> bytes(answer) <= most);
  }

  /**
   * Each answer stands in one part, in the order in which they came; one that is not in force and
   * fits into no record is left out.
   *
   * @param most bytes of the bodies in a part
   */
  static List<ItemAnswers> of(ItemAnswers look, long most) {
    Parts parts = new Parts(look, most);
    look.getAnswers().forEach(parts::put);
    look.getNotInForce().stream().filter(one -> bytes(one.getAnswer()) <= most).forEach(parts::put);
    return parts.built();
  }

  private static long bytes(ApiAnswer answer) {
    return answer.getBody().remaining();
  }

  private void add(ItemAnswers look) {
    parts.add(
        ItemAnswers.newBuilder(look)
            .setAnswers(new ArrayList<>())
            .setNotInForce(new ArrayList<>())
            .setPart(parts.size() + 1));
    bytes = 0;
  }

  private ItemAnswers.Builder roomFor(ApiAnswer answer) {
    ItemAnswers.Builder last = parts.get(parts.size() - 1);
    boolean isEmpty = last.getAnswers().isEmpty() && last.getNotInForce().isEmpty();
    if (!isEmpty && bytes + bytes(answer) > most) {
      add(last.build());
    }
    bytes += bytes(answer);
    return parts.get(parts.size() - 1);
  }

  private void put(ApiAnswer answer) {
    roomFor(answer).getAnswers().add(answer);
  }

  private void put(AnswerNotInForce one) {
    roomFor(one.getAnswer()).getNotInForce().add(one);
  }

  private List<ItemAnswers> built() {
    return parts.stream().map(part -> part.setParts(parts.size()).build()).toList();
  }
}
