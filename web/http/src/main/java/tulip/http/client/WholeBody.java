// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// A body in memory.
final class WholeBody implements ResponseBody {
  private Bytes rest;

  WholeBody(Bytes content) {
    rest = content;
  }

  @Override
  public @Nullable Bytes read() {
    var all = rest;
    rest = Bytes.EMPTY;
    return all.isEmpty() ? null : all;
  }

  @Override
  public void close() {
    rest = Bytes.EMPTY;
  }
}
