// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The lines of a stream.
final class Lines implements Iterator<String> {
  private final ByteStream stream;
  private @Nullable String next;

  Lines(ByteStream stream) {
    this.stream = stream;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = stream.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return next != null;
  }

  @Override
  public String next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("the stream has ended");
    }
    var line = next;
    next = null;
    return line;
  }
}
