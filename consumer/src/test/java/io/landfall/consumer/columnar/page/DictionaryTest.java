package io.landfall.consumer.columnar.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against a map: the same places, in the order of first appearance, until it is full. */
class DictionaryTest {

  @Property(tries = 200)
  void numbersHaveTheirPlaces(
      @ForAll @IntRange(min = 1, max = 5_000) int most,
      @ForAll @IntRange(min = 1, max = 64) int bits,
      @ForAll long seed) {
    Random random = new Random(seed);
    NumberDictionary dictionary = new NumberDictionary(most);
    Map<Long, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < 4_000; i++) {
      long value = random.nextLong() >> (Long.SIZE - bits);
      int expected = places.size() < most ? places.size() : -1;
      int place = dictionary.place(value);
      assertThat(place).isEqualTo(places.getOrDefault(value, expected));
      if (place >= 0) {
        places.putIfAbsent(value, place);
        assertThat(dictionary.at(place)).isEqualTo(value);
      }
    }
    assertThat(dictionary.size()).isEqualTo(places.size());
  }

  @Property(tries = 200)
  void textsHaveTheirPlaces(
      @ForAll @IntRange(min = 1, max = 20_000) int most,
      @ForAll @IntRange(min = 1, max = 12) int longest,
      @ForAll long seed) {
    Random random = new Random(seed);
    BytesDictionary dictionary = new BytesDictionary(most);
    Map<ByteBuffer, Integer> places = new LinkedHashMap<>();
    int bytes = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] value = new byte[random.nextInt(longest)];
      random.nextBytes(value);
      boolean fits = bytes + value.length <= most;
      int expected = places.getOrDefault(ByteBuffer.wrap(value), fits ? places.size() : -1);
      assertThat(dictionary.place(value, 0, value.length)).isEqualTo(expected);
      if (expected >= 0 && places.putIfAbsent(ByteBuffer.wrap(value), expected) == null) {
        bytes += value.length;
      }
    }
    assertThat(dictionary.size()).isEqualTo(places.size());
    assertThat(dictionary.bytes()).isEqualTo(bytes);
  }

  @Example
  void numbersThatCollideMakeItFullAndNotSlow() {
    List<Long> colliding = new ArrayList<>();
    for (long value = 2_000; colliding.size() < 400; value++) {
      if (Probing.start(value, 1 << 12) == 7) {
        colliding.add(value);
      }
    }
    NumberDictionary dictionary = new NumberDictionary(1 << 20);
    long taken = colliding.stream().filter(value -> dictionary.place(value) >= 0).count();

    assertThat(taken).isBetween(100L, 399L);
  }
}
