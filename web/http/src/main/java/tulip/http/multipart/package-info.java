// SPDX-License-Identifier: Apache-2.0

/// Bodies of several parts (RFC 2046, section 5.1; RFC 7578 for forms with files), for both ends:
/// [tulip.http.multipart.MultipartParser] is the protocol without I/O, and
/// [tulip.http.multipart.MultipartReader] reads parts as they come.
package tulip.http.multipart;
