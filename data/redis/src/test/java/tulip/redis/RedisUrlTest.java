// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// URLs of servers.
class RedisUrlTest {
  private static Endpoint.Host host(String url) {
    return (Endpoint.Host) RedisOptions.parse(url).endpoint();
  }

  @Test
  void hostsAndPorts() {
    assertEquals(new Endpoint.Host("localhost", 6379, null), host("redis://localhost"));
    assertEquals(new Endpoint.Host("10.0.0.1", 7000, null), host("redis://10.0.0.1:7000/"));
    assertEquals(new Endpoint.Host("::1", 7000, null), host("redis://[::1]:7000"));
    assertNotNull(host("rediss://example.org").tls());
  }

  @Test
  void logins() {
    var all = RedisOptions.parse("redis://ann:s%3Ac+ret@h/2?name=x%20y&protocol=2&timeout=3");
    assertEquals(new Login("ann", "s:c+ret", 2, "x y", 2), all.login());
    assertEquals(Duration.ofSeconds(3), all.commandTimeout());
    var login = RedisOptions.parse("redis://:secret@h").login();
    assertNull(login.username());
    assertEquals("secret", login.password());
    assertEquals(4, RedisOptions.parse("redis://h?db=4").login().database());
  }

  @Test
  void sockets() {
    var options = RedisOptions.parse("unix:///run/redis.sock?db=1");
    assertEquals(new Endpoint.Socket(Path.of("/run/redis.sock")), options.endpoint());
    assertEquals(1, options.login().database());
    var login = RedisOptions.parse("unix://ann:secret@/run/redis.sock").login();
    assertEquals("ann", login.username());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:6379",
        "http://h",
        "redis://ann@h",
        "redis://h/first",
        "redis://h?db=-1",
        "redis://h?protocol=4",
        "redis://h?pool=4",
        "redis://h_1 :x",
        "redis://:se#cret@h",
        "unix://"
      })
  void whatIsNoneIsRefusedWithoutItsSecrets(String url) {
    var e = assertThrows(IllegalArgumentException.class, () -> RedisOptions.parse(url));
    assertFalse(String.valueOf(e.getMessage()).contains("cret"), e::toString);
  }
}
