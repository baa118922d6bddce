// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tulip.net.TlsIdentity;
import tulip.net.testing.RealProcess;

/// A certificate authority, as OpenSSL keeps it.
final class Authority {
  private static final List<String> P256 =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

  /// A certificate and its key, in PEM files.
  record Issued(Path certificate, Path key) {
    TlsIdentity identity() throws IOException {
      return TlsIdentity.read(certificate, key);
    }

    String[] options() {
      return new String[] {"-cert", certificate.toString(), "-key", key.toString()};
    }
  }

  private final Path folder;
  private final String name;

  /// Founds one.
  Authority(Path folder, String name) throws IOException {
    this.folder = folder;
    this.name = name;
    var command = openssl("req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=" + name);
    command.addAll(P256);
    command.addAll(List.of("-keyout", name + ".key", "-out", name + ".pem"));
    run(command);
  }

  Path certificate() {
    return folder.resolve(name + ".pem");
  }

  /// Issues a certificate for a host, which is valid for a month.
  Issued issue(String host) throws IOException {
    return issue(host, 30);
  }

  /// Issues a certificate that is valid for so many days.
  Issued issue(String host, int days) throws IOException {
    return issue(host, days, P256);
  }

  /// Issues a certificate for a key that exists, or is made with these options of `openssl req`.
  Issued issue(String host, int days, List<String> key) throws IOException {
    var file = Files.createTempFile(folder, "issued", "").toString();
    var request =
        openssl("req", "-nodes", "-subj", "/CN=" + host, "-addext", "subjectAltName=DNS:" + host);
    request.addAll(key);
    request.addAll(List.of("-keyout", file + ".key", "-out", file + ".csr", "-new"));
    run(request);
    var sign = openssl("x509", "-req", "-in", file + ".csr", "-out", file + ".pem");
    sign.addAll(List.of("-CA", name + ".pem", "-CAkey", name + ".key", "-CAcreateserial"));
    sign.addAll(List.of("-days", Integer.toString(days), "-copy_extensions", "copyall"));
    run(sign);
    return new Issued(Path.of(file + ".pem"), Path.of(file + ".key"));
  }

  private static List<String> openssl(String... arguments) {
    var command = new ArrayList<String>(List.of("openssl"));
    command.addAll(List.of(arguments));
    return command;
  }

  private void run(List<String> command) throws IOException {
    RealProcess.run(folder, Peer.LIMIT, command.toArray(String[]::new));
  }
}
