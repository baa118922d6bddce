// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

/// A way to make bodies smaller. Any thread.
///
/// gzip and deflate are here. Others are passed along in [ContentCodings], or provided as services:
/// then they are among [ContentCodings#DEFAULT], unless they cannot be made, as without a library
/// of the system's.
public interface ContentCoding {
  /// gzip (RFC 1952); several members behind one another are one content.
  ContentCoding GZIP = new GzipCoding();

  /// deflate in the format of zlib (RFC 1950). What is not in that format, as many servers send it,
  /// is read too.
  ContentCoding DEFLATE = new DeflateCoding();

  /// What stands in Content-Encoding; small letters.
  String name();

  /// Makes what decodes one body.
  Decoder decoder();

  /// Makes what encodes one body.
  Encoder encoder();
}
