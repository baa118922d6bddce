// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static tulip.http.protocol.HeaderName.*;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which fields may not come after the body (RFC 9110, section 6.5.1): those that say where the
/// message ends, whom it is for, who asks, and how to read what has already been read.
final class Trailers {
  private static final Set<HeaderName> FORBIDDEN =
      Set.of(
          AUTHORIZATION,
          CACHE_CONTROL,
          CONNECTION,
          CONTENT_ENCODING,
          CONTENT_LENGTH,
          CONTENT_RANGE,
          CONTENT_TYPE,
          COOKIE,
          EXPECT,
          HOST,
          IF_MATCH,
          IF_MODIFIED_SINCE,
          IF_NONE_MATCH,
          IF_RANGE,
          IF_UNMODIFIED_SINCE,
          KEEP_ALIVE,
          MAX_FORWARDS,
          PRAGMA,
          PROXY_AUTHENTICATE,
          PROXY_AUTHORIZATION,
          RANGE,
          SET_COOKIE,
          TE,
          TRAILER,
          TRANSFER_ENCODING,
          UPGRADE,
          WWW_AUTHENTICATE);

  private Trailers() {}

  /// The first of these fields that may not be a trailer, or null.
  static @Nullable HeaderName forbidden(Headers trailers) {
    for (int i = 0; i < trailers.size(); i++) {
      if (FORBIDDEN.contains(trailers.name(i))) {
        return trailers.name(i);
      }
    }
    return null;
  }
}
