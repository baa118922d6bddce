// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import tulip.bytes.Bytes;
import tulip.http.Response;

/// Writes one JSON object (RFC 8259): what answers of this package need, and no more.
final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  JsonObject add(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  JsonObject add(String name, int value) {
    name(name);
    text.append(value);
    return this;
  }

  JsonObject add(String name, JsonObject value) {
    name(name);
    text.append(value);
    return this;
  }

  private void name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name);
    text.append(':');
  }

  private void quote(String plain) {
    text.append('"');
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  Response response(String contentType) {
    return Response.bytes(contentType, Bytes.ofUtf8(toString()));
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
