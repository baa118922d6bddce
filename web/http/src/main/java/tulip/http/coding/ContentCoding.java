// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

/// A way to make bodies smaller. Others than those here come from their own modules.
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
