package io.landfall.cli.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Asks whoever listens at an address what it speaks. Sends a few harmless bytes: Kafka's first
 * request, the beginning of TLS, a request for HTTP's front page. Bounded: some seconds at most.
 */
final class BrokerProbe {

  /** What is at an address. */
  enum Finding {
    UNKNOWN_HOST,
    /** Nobody listens there: the connection is refused. */
    CLOSED,
    /** No answer at all to the attempt to connect: a firewall, or a host that is off. */
    UNREACHABLE,
    KAFKA,
    TLS,
    HTTP,
    /** Somebody listens, and says nothing that is known here. */
    OTHER
  }

  private static final int WAIT_MS = 2_000;

  /** A version and a client id, in Kafka's frame: ApiVersions v0, correlation id 7. */
  private static final int API_VERSIONS = 18;

  private static final int CORRELATION = 7;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int TLS_ALERT = 0x15;

  private final String host;
  private final int port;

  private BrokerProbe(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * Looks at one address.
   *
   * @param server as Kafka writes it, {@code host:port} or {@code [::1]:port}
   */
  static Finding look(String server) {
    int colon = server.lastIndexOf(':');
    String host = server.substring(0, colon).replaceAll("^\\[|]$", "");
    return new BrokerProbe(host, Integer.parseInt(server.substring(colon + 1))).look();
  }

  private Finding look() {
    try {
      InetAddress unused = InetAddress.getByName(host);
      byte[] kafka = answer(apiVersions());
      if (kafka.length >= 8 && number(kafka, 4) == CORRELATION) {
        return Finding.KAFKA;
      }
      if (isTls(kafka) || isTls(answer(clientHello()))) {
        return Finding.TLS;
      }
      return isHttp(kafka) || isHttp(answer(frontPage())) ? Finding.HTTP : Finding.OTHER;
    } catch (UnknownHostException e) {
      return Finding.UNKNOWN_HOST;
    } catch (SocketTimeoutException e) {
      return Finding.UNREACHABLE;
    } catch (IOException e) {
      return Finding.CLOSED;
    }
  }

  /**
   * The first bytes that come back, none if nothing does.
   *
   * @throws IOException if there is no connection
   */
  private byte[] answer(byte[] request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), WAIT_MS);
      socket.setSoTimeout(WAIT_MS);
      try {
        new DataOutputStream(socket.getOutputStream()).write(request);
        byte[] first = new byte[16];
        int read = new DataInputStream(socket.getInputStream()).readNBytes(first, 0, 8);
        return Arrays.copyOf(first, read);
      } catch (IOException e) {
        // Who is asked in a language that he does not speak says nothing or hangs up.
        return new byte[0];
      }
    }
  }

  private static byte[] apiVersions() {
    byte[] client = "landfall".getBytes(StandardCharsets.US_ASCII);
    var bytes = java.nio.ByteBuffer.allocate(4 + 2 + 2 + 4 + 2 + client.length);
    bytes.putInt(bytes.capacity() - 4).putShort((short) API_VERSIONS).putShort((short) 0);
    bytes.putInt(CORRELATION).putShort((short) client.length).put(client);
    return bytes.array();
  }

  /** A client's first message in TLS 1.2, without extensions; any answer to it is in TLS. */
  private static byte[] clientHello() {
    var hello = java.nio.ByteBuffer.allocate(5 + 4 + 2 + 32 + 1 + 2 + 4 + 2);
    int body = hello.capacity() - 9;
    hello.put((byte) TLS_HANDSHAKE).putShort((short) 0x0301).putShort((short) (body + 4));
    hello.putInt(0x0100_0000 | body).putShort((short) 0x0303).put(new byte[32]).put((byte) 0);
    hello.putShort((short) 4).putShort((short) 0xC02F).putShort((short) 0x009C);
    hello.put((byte) 1).put((byte) 0);
    return hello.array();
  }

  private byte[] frontPage() {
    return "GET / HTTP/1.0\r\nHost: %s\r\n\r\n".formatted(host).getBytes(StandardCharsets.US_ASCII);
  }

  private static int number(byte[] bytes, int at) {
    return java.nio.ByteBuffer.wrap(bytes).getInt(at);
  }

  private static boolean isTls(byte[] bytes) {
    return bytes.length >= 3
        && (bytes[0] == TLS_HANDSHAKE || bytes[0] == TLS_ALERT)
        && bytes[1] == 3;
  }

  private static boolean isHttp(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII).startsWith("HTTP/");
  }
}
