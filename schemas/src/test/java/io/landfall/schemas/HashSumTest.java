package io.landfall.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashSumTest {

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  @Test
  void agreesWithWholeNumbersOfAnySizeInEachOrder() {
    Random random = new Random(7);
    List<byte[]> hashes = new ArrayList<>();
    HashSum sum = new HashSum();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 1_000; i++) {
      byte[] hash = new byte[16];
      random.nextBytes(hash);
      hashes.add(hash);
      sum.add(hash);
      expected = expected.add(new BigInteger(1, hash)).mod(MODULUS);
    }
    assertThat(new BigInteger(sum.digits(), 16)).isEqualTo(expected);
    for (byte[] hash : hashes) {
      sum.subtract(hash);
      expected = expected.subtract(new BigInteger(1, hash)).mod(MODULUS);
      assertThat(new BigInteger(sum.digits(), 16)).isEqualTo(expected);
    }
    assertThat(sum.digits()).isEqualTo("0".repeat(32));
  }

  @Test
  void carriesAndBorrows() {
    HashSum sum = new HashSum();
    byte[] most = HexFormat.of().parseHex("f".repeat(32));
    byte[] one = HexFormat.of().parseHex("0".repeat(31) + "1");
    sum.add(most);
    sum.add(one);
    assertThat(sum.digits()).isEqualTo("0".repeat(32));
    sum.subtract(one);
    assertThat(sum.digits()).isEqualTo("f".repeat(32));
  }
}
