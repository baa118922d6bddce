// SPDX-License-Identifier: Apache-2.0

/// The content coding br: [tulip.http.brotli.BrotliCoding]. Where this module is, servers and
/// clients use it by themselves.
package tulip.http.brotli;
