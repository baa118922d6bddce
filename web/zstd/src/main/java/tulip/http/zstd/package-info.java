// SPDX-License-Identifier: Apache-2.0

/// The content coding zstd: [tulip.http.zstd.ZstdCoding]. Where this module is, servers and clients
/// use it by themselves.
package tulip.http.zstd;
