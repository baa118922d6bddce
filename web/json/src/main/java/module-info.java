// SPDX-License-Identifier: Apache-2.0

/// JSON in requests and responses, over Jackson.
@org.jspecify.annotations.NullMarked
module tulip.http.json {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.http;
  requires transitive tools.jackson.databind;

  exports tulip.http.json;

  provides tulip.http.JsonCodec with
      tulip.http.json.JacksonCodec;
}
