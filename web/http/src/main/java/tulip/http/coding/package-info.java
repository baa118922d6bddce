// SPDX-License-Identifier: Apache-2.0

/// Content codings (RFC 9110, section 8.4.1), for both ends: [ContentCodings] is which there are,
/// [ContentCoding] one of them, and [DecodedSource] a body that is decoded while it is read. What
/// comes out is never larger than a piece, however little went in.
///
/// gzip and deflate are here. Others are services ([ContentCoding]) of modules of their own, such
/// as `tulip.http.brotli` and `tulip.http.zstd`: those that are there are used by both ends unless
/// their options say otherwise.
package tulip.http.coding;
