package io.landfall.sandbox.collection;

import java.time.LocalDate;
import java.util.Arrays;

/** JSON while it is written: ASCII, straight into bytes, as pages of a million records need it. */
final class JsonBytes {

  private static final int SECONDS_OF_A_DAY = 86_400;

  private byte[] bytes = new byte[4096];
  private int length;

  JsonBytes text(String ascii) {
    int more = ascii.length();
    room(more);
    for (int i = 0; i < more; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += more;
    return this;
  }

  JsonBytes number(long value) {
    return text(Long.toString(value));
  }

  /** With leading zeros. */
  JsonBytes digits(long value, int places) {
    room(places);
    long left = value;
    for (int i = places - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length += places;
    return this;
  }

  /** A time in quotes, such as {@code "2026-11-25T06:00:00Z"}. */
  JsonBytes time(long seconds) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_OF_A_DAY));
    int second = (int) Math.floorMod(seconds, (long) SECONDS_OF_A_DAY);
    text("\"").digits(day.getYear(), 4).text("-").digits(day.getMonthValue(), 2);
    text("-").digits(day.getDayOfMonth(), 2).text("T").digits(second / 3600, 2);
    text(":").digits(second / 60 % 60, 2).text(":").digits(second % 60, 2);
    return text("Z\"");
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
