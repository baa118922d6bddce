// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.net.TlsContext;
import tulip.net.TlsIdentity;
import tulip.net.testing.RealProcess;

/// Private keys in the forms in which OpenSSL writes them, each used for a handshake.
@Timeout(60)
class PemKeysTest {
  private static final String PASSWORD = "a secret";

  @TempDir private static Path folder;
  private static Authority authority;

  @BeforeAll
  static void found() throws Exception {
    authority = new Authority(folder, "authority");
  }

  private static Path make(String command) throws Exception {
    var whole = command.replace("PASSWORD", "'pass:" + PASSWORD + "'");
    RealProcess.run(folder, Peer.LIMIT, "sh", "-c", whole);
    return folder.resolve("key.pem");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openssl genrsa -traditional -out key.pem 2048",
        "openssl genrsa -out key.pem 2048",
        "openssl ecparam -genkey -name prime256v1 -out key.pem",
        "openssl ecparam -genkey -name secp384r1 -noout -out key.pem",
        "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem",
        "openssl genpkey -algorithm ed25519 -out key.pem",
        "openssl genpkey -algorithm ed448 -out key.pem",
        "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out key.pem"
      })
  void plain(String command) throws Exception {
    var key = make(command);
    var issued = authority.issue("localhost", 30, List.of("-key", key.toString()));
    assertShakesHands(TlsIdentity.read(issued.certificate(), key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openssl genpkey -algorithm RSA -pass PASSWORD -aes-256-cbc -out key.pem",
        "openssl genrsa 2048 | openssl pkcs8 -topk8 -v2 aes128 -v2prf hmacWithSHA1"
            + " -passout PASSWORD -out key.pem",
        "openssl ecparam -genkey -name prime256v1 | openssl pkcs8 -topk8 -v2prf hmacWithSHA512"
            + " -passout PASSWORD -out key.pem",
        "openssl genrsa 2048 | openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES"
            + " -passout PASSWORD -out key.pem"
      })
  void encrypted(String command) throws Exception {
    var key = make(command);
    var request = List.of("-key", key.toString(), "-passin", "pass:" + PASSWORD);
    var issued = authority.issue("localhost", 30, request);
    assertShakesHands(TlsIdentity.read(issued.certificate(), key, PASSWORD.toCharArray()));
    assertRefused("wrong password?", issued.certificate(), key, "wrong".toCharArray());
    assertRefused("give a password", issued.certificate(), key, null);
  }

  @Test
  void theOldEncryptedFormIsNamed() throws Exception {
    var key = make("openssl genrsa -traditional -aes128 -passout PASSWORD -out key.pem 2048");
    assertRefused("openssl pkcs8 -topk8", authority.certificate(), key, PASSWORD.toCharArray());
  }

  @Test
  void aForeignKeyIsRefused() throws Exception {
    var key = make("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
    assertRefused("is not that of the certificate", authority.certificate(), key, null);
  }

  private static void assertRefused(
      String why, Path certificate, Path key, char @Nullable [] password) {
    var e = assertThrows(SSLException.class, () -> TlsIdentity.read(certificate, key, password));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e::toString);
  }

  private static void assertShakesHands(TlsIdentity identity) throws Exception {
    var context = TlsContext.server(identity);
    Shouting.serve(
        stream -> stream.startTls(context),
        server -> {
          try (var client =
              Peer.start(
                  "openssl",
                  "s_client",
                  "-connect",
                  "127.0.0.1:" + server.port(),
                  "-CAfile",
                  authority.certificate().toString(),
                  "-verify_return_error")) {
            client.await("Verify return code: 0 (ok)");
            client.send("hello\n");
            client.await("HELLO\n");
          }
        });
  }
}
