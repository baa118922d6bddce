// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.pool.Connector;
import tulip.sql.spi.Driver;
import tulip.sql.spi.DriverConnection;

/// Finds the driver of a URL.
final class Drivers {
  private Drivers() {}

  static Connector<DriverConnection> connector(String url) {
    int colon = url.indexOf(':');
    var scheme = url.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
    var known = new ArrayList<String>();
    for (var driver : ServiceLoader.load(Driver.class, Driver.class.getClassLoader())) {
      if (driver.schemes().contains(scheme)) {
        return widen(driver.connector(url));
      }
      known.addAll(driver.schemes());
    }
    throw new IllegalArgumentException(
        "no driver for a URL that begins with '"
            + scheme
            + ":'; there are drivers for "
            + known
            + "; is the driver's module missing?");
  }

  /// What a connector has to end itself; `null` for nothing.
  static @Nullable Closeable closeable(Connector<?> connector) {
    return connector instanceof Closeable closeable ? closeable : null;
  }

  /// Ends it, whatever was cancelled. What goes wrong concerns nobody's data.
  static void close(@Nullable Closeable own) {
    if (own != null) {
      try {
        Tulip.shield(own::close);
      } catch (IOException e) {
        EventLoop.current()
            .callExceptionHandler(new ErrorContext(own + " could not be closed", e, own));
      }
    }
  }

  /// A connector gets only connections of its own.
  @SuppressWarnings("unchecked")
  static Connector<DriverConnection> widen(Connector<? extends DriverConnection> connector) {
    return (Connector<DriverConnection>) connector;
  }
}
