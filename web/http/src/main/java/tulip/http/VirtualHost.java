// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.Authority;

/// A name under which another application is found at the same port.
///
/// @param name in small letters; `*.` ahead stands for one name more or several
/// @param handler the application
record VirtualHost(String name, Handler handler) {
  boolean matches(@Nullable Authority authority) {
    if (authority == null) {
      return false;
    }
    var host = authority.host().toLowerCase(Locale.ROOT);
    return name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
  }
}
