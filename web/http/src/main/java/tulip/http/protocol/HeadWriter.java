// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Writes heads. Names and values were checked when they became [Headers]; so here they are only
/// copied.
final class HeadWriter {
  static final Bytes CRLF = Bytes.ofAscii("\r\n");
  static final Bytes CHUNKED = Bytes.ofAscii("Transfer-Encoding: chunked\r\n");
  static final Bytes CLOSE = Bytes.ofAscii("Connection: close\r\n");
  static final Bytes KEEP_ALIVE = Bytes.ofAscii("Connection: keep-alive\r\n");
  static final Bytes UPGRADE = Bytes.ofAscii("Connection: upgrade\r\n");

  private static final Bytes LENGTH = Bytes.ofAscii("Content-Length: ");
  private static final Bytes VERSION = Bytes.ofAscii(" HTTP/1.1\r\n");

  private HeadWriter() {}

  /// Writes a request's first line and its fields, and leaves the head open for more.
  static void request(RequestHead head, ByteWriter out) {
    out.putAscii(head.method().name()).putByte(' ').putAscii(head.target().toString()).put(VERSION);
    fields(head.headers(), out);
  }

  /// Writes a response's first line, what all responses have unless it says so itself, and its own
  /// fields, and leaves the head open for more.
  static void response(ResponseHead head, Headers usual, ByteWriter out) {
    out.put(StatusTable.line(head.status()));
    var own = head.headers();
    for (int i = 0; i < usual.size(); i++) {
      if (!own.contains(usual.name(i))) {
        field(usual, i, out);
      }
    }
    fields(own, out);
  }

  /// Writes a length as a field.
  static void length(long length, ByteWriter out) {
    out.put(LENGTH).putDecimal(length).put(CRLF);
  }

  static void fields(Headers headers, ByteWriter out) {
    for (int i = 0; i < headers.size(); i++) {
      field(headers, i, out);
    }
  }

  private static void field(Headers headers, int i, ByteWriter out) {
    var name = headers.name(i);
    var lineStart = name.lineStart();
    if (lineStart != null) {
      out.put(lineStart);
    } else {
      out.putAscii(name.text()).putByte(':').putByte(' ');
    }
    out.putLatin1(headers.value(i)).put(CRLF);
  }
}
