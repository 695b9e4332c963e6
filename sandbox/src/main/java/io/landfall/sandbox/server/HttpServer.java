package io.landfall.sandbox.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache's HTTP/1.1 server on one address, and the ways in which a delivery can go wrong: reset,
 * cut, slow, never.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int WAITING_CONNECTIONS = 256;
  private static final int DRIP_BYTES = 16;
  private static final long DRIP_PAUSE_MILLIS = 50;

  private final Function<Request, Response> handler;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final org.apache.hc.core5.http.impl.bootstrap.HttpServer server;

  private HttpServer(InetAddress address, int port, Function<Request, Response> handler) {
    this.handler = handler;
    this.server =
        ServerBootstrap.bootstrap()
            .setLocalAddress(address)
            .setListenerPort(port)
            .setSocketConfig(
                SocketConfig.custom()
                    .setSoReuseAddress(true)
                    .setTcpNoDelay(true)
                    .setBacklogSize(WAITING_CONNECTIONS)
                    .build())
            .setHttpProcessor(HttpProcessorBuilder.create().add(new ResponseContent()).build())
            .setRequestRouter((request, context) -> (asked, answer, its) -> serve(asked, answer))
            .setConnectionReuseStrategy(
                (request, response, context) ->
                    !(response instanceof ClassicHttpResponse whole
                            && whole.getEntity() instanceof Cut)
                        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
                            request, response, context))
            .setExceptionListener(new Quiet())
            .create();
  }

  /**
   * @param port 0 for any free one
   * @throws IOException if the port is taken
   */
  public static HttpServer start(InetAddress address, int port, Function<Request, Response> handler)
      throws IOException {
    HttpServer server = new HttpServer(address, port, handler);
    server.server.start();
    return server;
  }

  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    closed.countDown();
    server.close(CloseMode.IMMEDIATE);
  }

  private void serve(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : request.getHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    Request asked = Request.of(request.getMethod(), request.getRequestUri(), headers);
    Response answer = handler.apply(asked);
    HttpEntity entity =
        answer.status() == HttpStatus.SC_NOT_MODIFIED ? null : entity(answer.body(), asked.gzip());
    response.setCode(answer.status());
    if (entity != null) {
      response.setHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    answer.headers().forEach(response::setHeader);
    response.setEntity(
        switch (answer.delivery()) {
          // The server resets a connection whose handler fails.
          case RESET -> throw new ConnectionClosedException("reset, as asked for");
          case SILENCE -> {
            pause(TimeUnit.HOURS.toMillis(1));
            throw new ConnectionClosedException("silent, as asked for");
          }
          case CUT ->
              entity == null || request.getMethod().equals("HEAD") ? entity : new Cut(entity);
          case DRIP -> entity == null ? null : new Drip(entity);
          case WHOLE -> entity;
        });
  }

  private static ByteArrayEntity entity(Body body, boolean gzip) {
    return gzip && body.plain().length > 0
        ? new ByteArrayEntity(body.gzip(), null, "gzip")
        : new ByteArrayEntity(body.plain(), null);
  }

  /** Waits, and fails when this server is closed. */
  private void pause(long millis) throws IOException {
    try {
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        throw new ConnectionClosedException("closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Promises all its bytes and sends half of them. */
  private static final class Cut extends HttpEntityWrapper {
    Cut(HttpEntity whole) {
      super(whole);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(getContent().readAllBytes(), 0, (int) (getContentLength() / 2));
    }
  }

  /** Sends a few bytes at a time, with pauses. */
  private final class Drip extends HttpEntityWrapper {
    Drip(HttpEntity whole) {
      super(whole);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] bytes = getContent().readAllBytes();
      for (int at = 0; at < bytes.length; at += DRIP_BYTES) {
        pause(DRIP_PAUSE_MILLIS);
        out.write(bytes, at, Math.min(DRIP_BYTES, bytes.length - at));
        out.flush();
      }
    }
  }

  /** A connection that ends, however it does, concerns nobody else. */
  private static final class Quiet implements org.apache.hc.core5.http.ExceptionListener {
    @Override
    public void onError(Exception e) {
      LOG.atDebug().setCause(e).log("Connection ended");
    }

    @Override
    public void onError(HttpConnection connection, Exception e) {
      onError(e);
    }
  }
}
