package io.landfall.producer.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects a body up to a limit and fails beyond it, so that no answer can fill the memory. */
final class LimitedBody implements BodySubscriber<byte[]> {

  private static final int BLOCK = 64 * 1024;

  private final int limit;
  private final OptionalLong announced;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();

  /** Filled one after the other, however small the pieces are in which a body comes. */
  private final List<byte[]> blocks = new ArrayList<>();

  private int size;
  private Flow.@org.jspecify.annotations.Nullable Subscription subscription;

  /**
   * A subscriber for one body.
   *
   * @param limit in bytes
   * @param announced how many bytes will come, if the server said so
   */
  LimitedBody(int limit, OptionalLong announced) {
    this.limit = limit;
    this.announced = announced;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    if (announced.orElse(0) > limit) {
      refuse();
    } else {
      newSubscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      if (size + buffer.remaining() > limit) {
        refuse();
        return;
      }
      append(buffer);
    }
  }

  private void append(ByteBuffer buffer) {
    while (buffer.hasRemaining()) {
      int at = size % BLOCK;
      if (at == 0) {
        blocks.add(new byte[BLOCK]);
      }
      int count = Math.min(buffer.remaining(), BLOCK - at);
      buffer.get(blocks.get(blocks.size() - 1), at, count);
      size += count;
    }
  }

  private void refuse() {
    if (subscription != null) {
      subscription.cancel();
    }
    blocks.clear();
    String said = announced.isPresent() ? " (%d bytes)".formatted(announced.getAsLong()) : "";
    body.completeExceptionally(
        new BeyondLimit("the body is larger than %d bytes%s".formatted(limit, said)));
  }

  @Override
  public void onError(Throwable cause) {
    body.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    byte[] whole = new byte[size];
    for (int i = 0; i < blocks.size(); i++) {
      System.arraycopy(blocks.get(i), 0, whole, i * BLOCK, Math.min(BLOCK, size - i * BLOCK));
    }
    blocks.clear();
    body.complete(whole);
  }
}
