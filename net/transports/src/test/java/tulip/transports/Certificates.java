// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import tulip.net.TlsContext;
import tulip.net.TlsIdentity;

/// A certificate for `localhost` that signs itself, and whose key is no secret.
final class Certificates {
  static final TlsContext SERVER;
  static final TlsContext CLIENT;

  static {
    try {
      SERVER = TlsContext.server(TlsIdentity.read(file("cert.pem"), file("key.pem")));
      CLIENT = TlsContext.client().trusting(file("cert.pem"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Certificates() {}

  static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Certificates.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
