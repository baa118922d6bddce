// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Where bytes come from, piece by piece: the body of a request or response, a part.
@FunctionalInterface
public interface ByteSource {
  /// Reads the next piece, for which it may wait.
  ///
  /// @return null at the end
  @Nullable Bytes read() throws IOException;
}
