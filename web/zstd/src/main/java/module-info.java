// SPDX-License-Identifier: Apache-2.0

/// The content coding zstd, over zstd-jni.
@org.jspecify.annotations.NullMarked
module tulip.http.zstd {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.http;
  requires com.github.luben.zstd_jni;

  exports tulip.http.zstd;

  provides tulip.http.coding.ContentCoding with
      tulip.http.zstd.ZstdCoding;
}
