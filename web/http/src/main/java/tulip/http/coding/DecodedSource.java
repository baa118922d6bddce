// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Bytes whose content coding is undone while they are read. For one task.
public final class DecodedSource implements ByteSource, AutoCloseable {
  private final ByteSource coded;
  private final Decoder decoder;
  private final Complaint complaint;
  private boolean ended;

  /// Undoes a coding.
  ///
  /// @param complaint what is thrown if the bytes are not in this coding
  public DecodedSource(ByteSource coded, ContentCoding coding, Complaint complaint) {
    this.coded = coded;
    this.complaint = complaint;
    decoder = coding.decoder();
  }

  @Override
  public @Nullable Bytes read() throws IOException {
    try {
      return next();
    } catch (MalformedException e) {
      complaint.raise(e);
      throw new IOException(e.getMessage(), e);
    }
  }

  private @Nullable Bytes next() throws IOException, MalformedException {
    while (!ended) {
      var piece = decoder.take();
      if (piece != null) {
        return piece;
      }
      var more = coded.read();
      if (more == null) {
        end();
      } else {
        decoder.put(more);
      }
    }
    return null;
  }

  private void end() throws MalformedException {
    try {
      decoder.end();
    } finally {
      close();
    }
  }

  /// Gives up the decoder's memory; there is nothing more to read then.
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      decoder.close();
    }
  }
}
