// SPDX-License-Identifier: Apache-2.0
package tulip.http.raw;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a client sends on one connection, and what becomes of it.
///
/// @param name of the case
/// @param expected an [Outcome]; or [#VALID], [#INVALID], or nothing if that is not known
/// @param steps what is sent, each part when the part before was answered
public record RawCase(String name, String expected, List<byte[]> steps) {
  /// No request is refused.
  public static final String VALID = "valid";

  /// A request is refused.
  public static final String INVALID = "invalid";

  private static final int MOST_CUTS = 300;

  /// All that is sent.
  public byte[] bytes() {
    var all = new ByteArrayOutputStream();
    steps.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /// All that is sent, in two pieces: at every cut, or at 300 of them if it is long.
  public List<List<byte[]>> splits() {
    byte[] all = bytes();
    var splits = new ArrayList<List<byte[]>>();
    int step = Math.max(1, all.length / MOST_CUTS);
    for (int cut = 1; cut < all.length; cut += step) {
      splits.add(List.of(Arrays.copyOf(all, cut), Arrays.copyOfRange(all, cut, all.length)));
    }
    return splits;
  }

  /// Checks what has become of it.
  ///
  /// @param outcome the [Outcome]
  /// @throws AssertionError if that was not expected
  public void check(String outcome) {
    boolean good =
        switch (expected) {
          case "" -> true;
          case VALID -> !Outcome.isRefusal(outcome);
          case INVALID -> Outcome.isRefusal(outcome);
          default -> outcome.equals(expected);
        };
    if (!good) {
      throw new AssertionError(name + ": expected " + expected + " but was " + outcome);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
