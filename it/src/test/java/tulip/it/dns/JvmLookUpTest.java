// SPDX-License-Identifier: Apache-2.0
package tulip.it.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.Tulip;
import tulip.dns.DnsOptions;
import tulip.dns.DnsResolver;
import tulip.dns.TaskResolverProvider;
import tulip.it.ChildJvm;

/// `InetAddress.getByName` in a task, in foreign libraries too: on request it suspends that task
/// alone.
class JvmLookUpTest {
  private static final String ON = "-D" + TaskResolverProvider.PROPERTY + "=true";

  private static final String EXPECTED =
      """
      192.0.2.80 192.0.2.80
      unknown true
      a.slow.test
      initialiser true
      outside true
      """;

  @Test
  void onTheModulePath() throws Exception {
    check(ChildJvm.withFlag().options(ON));
  }

  @Test
  void onTheClassPath() throws Exception {
    check(ChildJvm.onClassPath().options(ON, "--add-opens", "java.base/java.lang=ALL-UNNAMED"));
  }

  private static void check(ChildJvm jvm) throws Exception {
    assertEquals(new ChildJvm.Run(0, EXPECTED, ""), jvm.run(JvmLookUps.class));
  }

  /// This JVM has the module, and was not asked to use it.
  @Test
  void changesNothingUnlessAsked(@TempDir Path folder) throws Exception {
    var hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 only-here.test\n");
    Tulip.run(() -> {
      try (var dns = DnsResolver.open(DnsOptions.DEFAULT.withFiles(null, hosts)).useForLoop()) {
        var address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        assertEquals("only-here.test", dns.nameOf(address));
        assertNotEquals("only-here.test", address.getHostName());
      }
    });
  }
}
