// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

/// A version of the protocol that is spoken here (RFC 9110, section 2.5).
public enum Version {
  /// `HTTP/1.0`: a connection ends with its message unless both ends ask for more.
  HTTP_1_0("HTTP/1.0"),

  /// `HTTP/1.1`: a connection goes on unless one end says that it will not.
  HTTP_1_1("HTTP/1.1");

  private final String text;

  Version(String text) {
    this.text = text;
  }

  /// {@return as it stands in the first line of a message}
  @Override
  public String toString() {
    return text;
  }
}
