// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.protocol.Headers;

/// The body of a response, piece by piece. What a middleware makes of one is one, too.
public interface ResponseBody {
  /// Reads what has come, at least one byte.
  ///
  /// @return null at the end
  /// @throws IOException if the rest cannot be had
  @Nullable Bytes read() throws IOException;

  /// The fields behind the body, once all of it was read; before that, and if there are none,
  /// empty. Nobody has checked them for sense.
  default Headers trailers() {
    return Headers.EMPTY;
  }

  /// Gives up what was not read. Never waits, and never throws.
  void close();

  /// A body in memory.
  static ResponseBody of(Bytes content) {
    return new WholeBody(content);
  }
}
