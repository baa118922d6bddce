// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.coding.ByteSource;
import tulip.http.coding.Complaint;
import tulip.http.fields.MediaType;
import tulip.http.multipart.MultipartEvent.Signal;

/// Reads a body of several parts as it comes: no part is held in memory.
///
/// ```java
/// for (Part part; (part = reader.next()) != null; ) {
///   IO.println(part.name() + ": " + part.text(1000));
/// }
/// ```
///
/// For one task. What is not read of a part is passed over by [#next].
public final class MultipartReader {
  private static final int LARGEST = 1 << 30;

  private final ByteSource source;
  private final MultipartParser parser;
  private final MultipartLimits limits;
  private final Complaint complaint;
  private final ByteQueue input = new ByteQueue(LARGEST);
  private @Nullable Part current;
  private boolean ended;

  private MultipartReader(
      ByteSource source, MultipartParser parser, MultipartLimits limits, Complaint complaint) {
    this.source = source;
    this.parser = parser;
    this.limits = limits;
    this.complaint = complaint;
  }

  /// A reader of a body.
  ///
  /// @param type what Content-Type says, or null
  /// @param source the body
  /// @param complaint what is thrown if it is malformed
  /// @return null if that is no body of several parts
  public static @Nullable MultipartReader of(
      @Nullable MediaType type, ByteSource source, MultipartLimits limits, Complaint complaint) {
    var boundary = type == null ? null : type.parameters().get("boundary");
    if (type == null || !type.type().equals("multipart") || boundary == null) {
      return null;
    }
    try {
      var parser = new MultipartParser(boundary, limits);
      return new MultipartReader(source, parser, limits, complaint);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// Waits for the next part.
  ///
  /// @return null if there is none
  /// @throws IOException if the rest cannot be read
  public @Nullable Part next() throws IOException {
    if (current != null) {
      current.skip();
      current = null;
    }
    if (ended) {
      return null;
    }
    if (receive() instanceof MultipartEvent.Head head) {
      current = new Part(this, head.headers());
    } else {
      ended = true;
    }
    return current;
  }

  /// The next piece of a part, or null at its end.
  @Nullable Bytes read() throws IOException {
    return receive() instanceof MultipartEvent.Data data ? data.bytes() : null;
  }

  private MultipartEvent receive() throws IOException {
    while (true) {
      var event = tryReceive();
      if (event != Signal.NEED_DATA) {
        return event;
      }
      var piece = source.read();
      if (piece == null) {
        parser.inputEnded();
      } else {
        input.put(piece);
      }
    }
  }

  private MultipartEvent tryReceive() throws IOException {
    try {
      return parser.receive(input);
    } catch (MalformedException e) {
      complaint.raise(e);
      throw new IOException(e.getMessage(), e);
    }
  }

  /// A reader of the parts of a part, or null if it has none.
  @Nullable MultipartReader nested(Part part) {
    return of(part.contentType(), part::read, limits, complaint);
  }

  /// Says that a part is above a limit.
  IOException tooLarge(int most) throws IOException {
    var why = new MalformedException("a part above " + most + " bytes");
    complaint.raise(why);
    return new IOException(why.getMessage(), why);
  }
}
