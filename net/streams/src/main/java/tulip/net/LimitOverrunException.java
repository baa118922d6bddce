// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;

/// The peer sent more than the reader allows before what it looks for: a line without an end, a
/// body that is too long.
///
/// The bytes are still in [ByteStream#input]; who cannot do anything with them closes the stream.
public final class LimitOverrunException extends IOException {
  private static final long serialVersionUID = 1;

  private final long limit;

  LimitOverrunException(String wanted, long limit) {
    super(wanted + " was not complete within the limit of " + limit + " bytes");
    this.limit = limit;
  }

  /// How many bytes were allowed.
  public long limit() {
    return limit;
  }
}
