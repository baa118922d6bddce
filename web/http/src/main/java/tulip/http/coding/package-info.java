// SPDX-License-Identifier: Apache-2.0

/// Content codings (RFC 9110, section 8.4.1), for both ends and without I/O: [ContentCodings] is
/// which there are, [ContentCoding] one of them. What comes out is never larger than a piece,
/// however little went in.
package tulip.http.coding;
