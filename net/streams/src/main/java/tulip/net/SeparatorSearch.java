// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.util.Arrays;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// Looks for the first of several separators in what arrives, without looking twice at the same
/// bytes.
final class SeparatorSearch {
  private final ByteQueue input;
  private final Bytes[] separators;
  private final int longest;
  private int seen;

  SeparatorSearch(ByteQueue input, Bytes... separators) {
    this.input = input;
    this.separators = separators.clone();
    longest = Arrays.stream(separators).mapToInt(Bytes::length).max().orElse(0);
    if (Arrays.stream(separators).anyMatch(Bytes::isEmpty) || longest == 0) {
      throw new IllegalArgumentException("there must be a separator, and none may be empty");
    }
  }

  /// Where the separator that ends first ends, counted from the head; -1 if none is there.
  int find() {
    int best = -1;
    for (var separator : separators) {
      int at = input.indexOf(separator, seen);
      int end = at + separator.length();
      if (at >= 0 && (best < 0 || end < best)) {
        best = end;
      }
    }
    seen = Math.max(0, input.size() - longest + 1);
    return best;
  }

  @Override
  public String toString() {
    return separators.length == 1
        ? separators[0].toString()
        : "one of " + Arrays.toString(separators);
  }
}
