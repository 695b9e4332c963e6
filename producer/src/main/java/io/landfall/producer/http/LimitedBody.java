package io.landfall.producer.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects a body up to a limit and fails beyond it, so that no answer can fill the memory. */
final class LimitedBody implements BodySubscriber<byte[]> {

  private final int limit;
  private final OptionalLong announced;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream(64 * 1024);
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
      if (received.size() + buffer.remaining() > limit) {
        refuse();
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      received.writeBytes(bytes);
    }
  }

  private void refuse() {
    if (subscription != null) {
      subscription.cancel();
    }
    String size = announced.isPresent() ? " (%d bytes)".formatted(announced.getAsLong()) : "";
    body.completeExceptionally(
        new IOException("the body is larger than %d bytes%s".formatted(limit, size)));
  }

  @Override
  public void onError(Throwable cause) {
    body.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    body.complete(received.toByteArray());
  }
}
