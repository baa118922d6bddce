// SPDX-License-Identifier: Apache-2.0

/// The content coding br, over brotli4j.
@org.jspecify.annotations.NullMarked
module tulip.http.brotli {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.http;
  requires com.aayushatharva.brotli4j;

  exports tulip.http.brotli;

  provides tulip.http.coding.ContentCoding with
      tulip.http.brotli.BrotliCoding;
}
