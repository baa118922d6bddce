// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Ascii;
import tulip.bytes.Bytes;

/// The name of a header field, equal to others whatever the case of their letters.
///
/// The names below exist once, so that finding a field compares references. Any other name is made
/// by [#of] and keeps its spelling. Immutable, for any thread.
public final class HeaderName {
  public static final HeaderName ACCEPT = KnownNames.add("Accept");
  public static final HeaderName ACCEPT_CHARSET = KnownNames.add("Accept-Charset");
  public static final HeaderName ACCEPT_ENCODING = KnownNames.add("Accept-Encoding");
  public static final HeaderName ACCEPT_LANGUAGE = KnownNames.add("Accept-Language");
  public static final HeaderName ACCEPT_PATCH = KnownNames.add("Accept-Patch");
  public static final HeaderName ACCEPT_RANGES = KnownNames.add("Accept-Ranges");
  public static final HeaderName ACCESS_CONTROL_ALLOW_CREDENTIALS =
      KnownNames.add("Access-Control-Allow-Credentials");
  public static final HeaderName ACCESS_CONTROL_ALLOW_HEADERS =
      KnownNames.add("Access-Control-Allow-Headers");
  public static final HeaderName ACCESS_CONTROL_ALLOW_METHODS =
      KnownNames.add("Access-Control-Allow-Methods");
  public static final HeaderName ACCESS_CONTROL_ALLOW_ORIGIN =
      KnownNames.add("Access-Control-Allow-Origin");
  public static final HeaderName ACCESS_CONTROL_EXPOSE_HEADERS =
      KnownNames.add("Access-Control-Expose-Headers");
  public static final HeaderName ACCESS_CONTROL_MAX_AGE = KnownNames.add("Access-Control-Max-Age");
  public static final HeaderName ACCESS_CONTROL_REQUEST_HEADERS =
      KnownNames.add("Access-Control-Request-Headers");
  public static final HeaderName ACCESS_CONTROL_REQUEST_METHOD =
      KnownNames.add("Access-Control-Request-Method");
  public static final HeaderName AGE = KnownNames.add("Age");
  public static final HeaderName ALLOW = KnownNames.add("Allow");
  public static final HeaderName ALT_SVC = KnownNames.add("Alt-Svc");
  public static final HeaderName AUTHENTICATION_INFO = KnownNames.add("Authentication-Info");
  public static final HeaderName AUTHORIZATION = KnownNames.add("Authorization");
  public static final HeaderName CACHE_CONTROL = KnownNames.add("Cache-Control");
  public static final HeaderName CONNECTION = KnownNames.add("Connection");
  public static final HeaderName CONTENT_DISPOSITION = KnownNames.add("Content-Disposition");
  public static final HeaderName CONTENT_ENCODING = KnownNames.add("Content-Encoding");
  public static final HeaderName CONTENT_LANGUAGE = KnownNames.add("Content-Language");
  public static final HeaderName CONTENT_LENGTH = KnownNames.add("Content-Length");
  public static final HeaderName CONTENT_LOCATION = KnownNames.add("Content-Location");
  public static final HeaderName CONTENT_RANGE = KnownNames.add("Content-Range");
  public static final HeaderName CONTENT_SECURITY_POLICY =
      KnownNames.add("Content-Security-Policy");
  public static final HeaderName CONTENT_TYPE = KnownNames.add("Content-Type");
  public static final HeaderName COOKIE = KnownNames.add("Cookie");
  public static final HeaderName DATE = KnownNames.add("Date");
  public static final HeaderName DNT = KnownNames.add("DNT");
  public static final HeaderName ETAG = KnownNames.add("ETag");
  public static final HeaderName EARLY_DATA = KnownNames.add("Early-Data");
  public static final HeaderName EXPECT = KnownNames.add("Expect");
  public static final HeaderName EXPIRES = KnownNames.add("Expires");
  public static final HeaderName FORWARDED = KnownNames.add("Forwarded");
  public static final HeaderName FROM = KnownNames.add("From");
  public static final HeaderName HOST = KnownNames.add("Host");
  public static final HeaderName IF_MATCH = KnownNames.add("If-Match");
  public static final HeaderName IF_MODIFIED_SINCE = KnownNames.add("If-Modified-Since");
  public static final HeaderName IF_NONE_MATCH = KnownNames.add("If-None-Match");
  public static final HeaderName IF_RANGE = KnownNames.add("If-Range");
  public static final HeaderName IF_UNMODIFIED_SINCE = KnownNames.add("If-Unmodified-Since");
  public static final HeaderName KEEP_ALIVE = KnownNames.add("Keep-Alive");
  public static final HeaderName LAST_EVENT_ID = KnownNames.add("Last-Event-ID");
  public static final HeaderName LAST_MODIFIED = KnownNames.add("Last-Modified");
  public static final HeaderName LINK = KnownNames.add("Link");
  public static final HeaderName LOCATION = KnownNames.add("Location");
  public static final HeaderName MAX_FORWARDS = KnownNames.add("Max-Forwards");
  public static final HeaderName ORIGIN = KnownNames.add("Origin");
  public static final HeaderName PERMISSIONS_POLICY = KnownNames.add("Permissions-Policy");
  public static final HeaderName PRAGMA = KnownNames.add("Pragma");
  public static final HeaderName PRIORITY = KnownNames.add("Priority");
  public static final HeaderName PROXY_AUTHENTICATE = KnownNames.add("Proxy-Authenticate");
  public static final HeaderName PROXY_AUTHENTICATION_INFO =
      KnownNames.add("Proxy-Authentication-Info");
  public static final HeaderName PROXY_AUTHORIZATION = KnownNames.add("Proxy-Authorization");
  public static final HeaderName PROXY_CONNECTION = KnownNames.add("Proxy-Connection");
  public static final HeaderName RANGE = KnownNames.add("Range");
  public static final HeaderName REFERER = KnownNames.add("Referer");
  public static final HeaderName REFERRER_POLICY = KnownNames.add("Referrer-Policy");
  public static final HeaderName RETRY_AFTER = KnownNames.add("Retry-After");
  public static final HeaderName SEC_CH_UA = KnownNames.add("Sec-CH-UA");
  public static final HeaderName SEC_CH_UA_MOBILE = KnownNames.add("Sec-CH-UA-Mobile");
  public static final HeaderName SEC_CH_UA_PLATFORM = KnownNames.add("Sec-CH-UA-Platform");
  public static final HeaderName SEC_FETCH_DEST = KnownNames.add("Sec-Fetch-Dest");
  public static final HeaderName SEC_FETCH_MODE = KnownNames.add("Sec-Fetch-Mode");
  public static final HeaderName SEC_FETCH_SITE = KnownNames.add("Sec-Fetch-Site");
  public static final HeaderName SEC_FETCH_USER = KnownNames.add("Sec-Fetch-User");
  public static final HeaderName SEC_WEBSOCKET_ACCEPT = KnownNames.add("Sec-WebSocket-Accept");
  public static final HeaderName SEC_WEBSOCKET_EXTENSIONS =
      KnownNames.add("Sec-WebSocket-Extensions");
  public static final HeaderName SEC_WEBSOCKET_KEY = KnownNames.add("Sec-WebSocket-Key");
  public static final HeaderName SEC_WEBSOCKET_PROTOCOL = KnownNames.add("Sec-WebSocket-Protocol");
  public static final HeaderName SEC_WEBSOCKET_VERSION = KnownNames.add("Sec-WebSocket-Version");
  public static final HeaderName SERVER = KnownNames.add("Server");
  public static final HeaderName SERVER_TIMING = KnownNames.add("Server-Timing");
  public static final HeaderName SET_COOKIE = KnownNames.add("Set-Cookie");
  public static final HeaderName STRICT_TRANSPORT_SECURITY =
      KnownNames.add("Strict-Transport-Security");
  public static final HeaderName TE = KnownNames.add("TE");
  public static final HeaderName TRACEPARENT = KnownNames.add("Traceparent");
  public static final HeaderName TRACESTATE = KnownNames.add("Tracestate");
  public static final HeaderName TRAILER = KnownNames.add("Trailer");
  public static final HeaderName TRANSFER_ENCODING = KnownNames.add("Transfer-Encoding");
  public static final HeaderName UPGRADE = KnownNames.add("Upgrade");
  public static final HeaderName UPGRADE_INSECURE_REQUESTS =
      KnownNames.add("Upgrade-Insecure-Requests");
  public static final HeaderName USER_AGENT = KnownNames.add("User-Agent");
  public static final HeaderName VARY = KnownNames.add("Vary");
  public static final HeaderName VIA = KnownNames.add("Via");
  public static final HeaderName WWW_AUTHENTICATE = KnownNames.add("WWW-Authenticate");
  public static final HeaderName X_CONTENT_TYPE_OPTIONS = KnownNames.add("X-Content-Type-Options");
  public static final HeaderName X_FORWARDED_FOR = KnownNames.add("X-Forwarded-For");
  public static final HeaderName X_FORWARDED_HOST = KnownNames.add("X-Forwarded-Host");
  public static final HeaderName X_FORWARDED_PROTO = KnownNames.add("X-Forwarded-Proto");
  public static final HeaderName X_FRAME_OPTIONS = KnownNames.add("X-Frame-Options");
  public static final HeaderName X_REQUEST_ID = KnownNames.add("X-Request-ID");
  public static final HeaderName X_REQUESTED_WITH = KnownNames.add("X-Requested-With");

  private final String text;
  private final int hash;
  private final @Nullable Bytes lineStart;

  /// A name of the table above, or one that is not in it.
  HeaderName(String text, int hash, boolean known) {
    this.text = text;
    this.hash = hash;
    this.lineStart = known ? Bytes.ofAscii(text + ": ") : null;
  }

  /// The name with this text.
  ///
  /// @param text a token (RFC 9110, section 5.6.2) in any case
  /// @throws IllegalArgumentException if it is empty or has other characters, such as a line end
  public static HeaderName of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int hash = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (!Ascii.isToken(bytes[i]) || text.charAt(i) > 0x7F) {
        throw new IllegalArgumentException(
            "character %d of a header name is U+%04X, which no name may have: %s"
                .formatted(i, (int) text.charAt(i), Shown.quote(text)));
      }
      hash = hash(hash, bytes[i]);
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a header name is empty");
    }
    return of(bytes, 0, bytes.length, hash);
  }

  /// The name in a stretch of bytes that are known to be a token with this hash.
  static HeaderName of(byte[] bytes, int from, int to, int hash) {
    var known = KnownNames.find(bytes, from, to, hash);
    return known != null
        ? known
        : new HeaderName(
            new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), hash, false);
  }

  /// The hash of a name, one character more. Letters differ from their other case in this bit.
  static int hash(int before, byte next) {
    return 31 * before + (next | 0x20);
  }

  /// The name as it is written: in the usual case if it stands above, else as it came.
  public String text() {
    return text;
  }

  /// The name, a colon and a blank, for the names above.
  @Nullable Bytes lineStart() {
    return lineStart;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof HeaderName that
            && hash == that.hash
            && text.equalsIgnoreCase(that.text));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// {@return the text}
  @Override
  public String toString() {
    return text;
  }
}
