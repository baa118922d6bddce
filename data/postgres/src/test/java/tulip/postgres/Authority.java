// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import tulip.net.testing.RealProcess;

/// Makes certificates, by OpenSSL.
///
/// @param folder where they are
record Authority(Path folder) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// A new one, whose own certificate is `ca.pem`.
  static Authority in(Path folder) throws IOException {
    var authority = new Authority(folder);
    authority.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
            + " -subj /CN=tulip-ca -keyout ca.key -out ca.pem");
    return authority;
  }

  /// Makes `NAME.pem` and `NAME.key`.
  ///
  /// @param name for which the certificate is
  /// @param extension such as `subjectAltName=DNS:localhost`
  void issue(String name, String extension) throws IOException {
    Files.writeString(folder.resolve(name + ".ext"), extension + "\n");
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%s -keyout %s.key -out %s.csr"
            .formatted(name, name, name));
    openssl(
        "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile %s.ext -out %s.pem"
            .formatted(name, name, name));
    Files.setPosixFilePermissions(key(name), PosixFilePermissions.fromString("rw-------"));
  }

  private void openssl(String arguments) throws IOException {
    RealProcess.run(folder, LIMIT, ("openssl " + arguments).split(" "));
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }
}
