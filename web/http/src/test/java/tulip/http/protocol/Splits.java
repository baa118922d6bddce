// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.util.Arrays;
import java.util.function.Consumer;

/// The ways in which bytes may arrive.
final class Splits {
  private Splits() {}

  /// Calls with each byte by itself, and then with the two parts of every cut.
  static void each(byte[] bytes, Consumer<byte[][]> action) {
    action.accept(bytewise(bytes));
    for (int cut = 1; cut < bytes.length; cut++) {
      action.accept(
          new byte[][] {
            Arrays.copyOfRange(bytes, 0, cut), Arrays.copyOfRange(bytes, cut, bytes.length)
          });
    }
  }

  static byte[][] bytewise(byte[] bytes) {
    byte[][] pieces = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      pieces[i] = new byte[] {bytes[i]};
    }
    return pieces;
  }
}
