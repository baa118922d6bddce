// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.nio.charset.StandardCharsets;
import tulip.bytes.Ascii;

/// What a request wants done (RFC 9110, section 9).
///
/// @param name a token; its case matters
public record Method(String name) {
  /// `GET`.
  public static final Method GET = new Method("GET");

  /// `HEAD`: as GET, but the response has no body.
  public static final Method HEAD = new Method("HEAD");

  /// `POST`.
  public static final Method POST = new Method("POST");

  /// `PUT`.
  public static final Method PUT = new Method("PUT");

  /// `DELETE`.
  public static final Method DELETE = new Method("DELETE");

  /// `CONNECT`: after a response of 2xx the connection is a tunnel.
  public static final Method CONNECT = new Method("CONNECT");

  /// `OPTIONS`.
  public static final Method OPTIONS = new Method("OPTIONS");

  /// `TRACE`.
  public static final Method TRACE = new Method("TRACE");

  /// `PATCH` (RFC 5789).
  public static final Method PATCH = new Method("PATCH");

  /// Checks the name.
  ///
  /// @throws IllegalArgumentException if it is empty or has characters that no method may have
  public Method {
    if (name.isEmpty() || !name.chars().allMatch(c -> c < 0x80 && Ascii.isToken((byte) c))) {
      throw new IllegalArgumentException("not a method: " + Shown.quote(name));
    }
  }

  /// The method in a stretch of bytes that are known to be a token: one of the constants, if it is
  /// one of them.
  static Method of(byte[] bytes, int from, int to) {
    var likely =
        switch (bytes[from]) {
          case 'G' -> GET;
          case 'H' -> HEAD;
          case 'P' -> to - from == 4 ? POST : to - from == 3 ? PUT : PATCH;
          case 'D' -> DELETE;
          case 'C' -> CONNECT;
          case 'O' -> OPTIONS;
          default -> TRACE;
        };
    return likely.stands(bytes, from, to)
        ? likely
        : new Method(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
  }

  private boolean stands(byte[] bytes, int from, int to) {
    if (to - from != name.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] != name.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  /// Whether it only asks, and changes nothing (RFC 9110, section 9.2.1).
  public boolean isSafe() {
    return switch (name) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }

  /// Whether doing it twice has the effect of doing it once, so that it may be tried again.
  public boolean isIdempotent() {
    return isSafe() || name.equals("PUT") || name.equals("DELETE");
  }

  /// {@return the name}
  @Override
  public String toString() {
    return name;
  }
}
