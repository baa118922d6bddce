// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What separates parts.
public final class Boundaries {
  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private Boundaries() {}

  /// {@return a boundary}
  ///
  /// @throws IllegalArgumentException if it is none (RFC 2046, section 5.1.1)
  public static String check(String boundary) {
    if (!BOUNDARY.matcher(boundary).matches()) {
      throw new IllegalArgumentException("not a boundary of parts");
    }
    return boundary;
  }

  /// {@return one that stands in no content, as nobody can guess it}
  public static String random() {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return "----" + HexFormat.of().formatHex(random);
  }
}
