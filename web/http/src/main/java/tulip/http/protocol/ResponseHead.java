// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

/// How a response begins.
///
/// @param version what the server speaks; what is sent here is always HTTP/1.1
/// @param status how it went
/// @param headers more about it
public record ResponseHead(Version version, Status status, Headers headers) implements HttpEvent {
  /// A response of HTTP/1.1.
  ///
  /// @param status how it went
  /// @param headers more about it
  public static ResponseHead of(Status status, Headers headers) {
    return new ResponseHead(Version.HTTP_1_1, status, headers);
  }
}
