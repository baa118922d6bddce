// SPDX-License-Identifier: Apache-2.0
package tulip.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tulip.core.Tulip;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.RealServer;

/// The JDK's HTTP client, which all tasks share, and nginx.
class HttpClientTest {
  private static final String BODY = "hello";
  private static RealServer server;

  private record Session(HttpClient client, HttpRequest request) implements Trial.Session {
    Session(HttpClient client, InetSocketAddress address) {
      this(
          client,
          HttpRequest.newBuilder(
                  URI.create(
                      "http://" + address.getAddress().getHostAddress() + ":" + address.getPort()))
              .build());
    }

    @Override
    public void exchange() throws IOException, InterruptedException {
      assertEquals(BODY, client.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {}
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        RealServer.start(place -> {
          Files.writeString(place.folder().resolve("n.conf"), configuration(place.port()));
          var folder = place.folder().toString();
          return List.of("/usr/sbin/nginx", "-p", folder, "-c", "n.conf");
        });
  }

  private static String configuration(int port) {
    return """
    daemon off; master_process off; pid nginx.pid; error_log stderr warn;
    events {}
    http {
      access_log off;
      client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t;
      scgi_temp_path t;
      server { listen 127.0.0.1:%d; location / { return 200 "%s"; } }
    }
    """
        .formatted(port, BODY);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Test
  void fiftyTasksNeverHoldUpTheLoop() throws Exception {
    Trial.run(() -> {
      var client = newClient();
      Trial.neverStandsStill("HttpClient", () -> new Session(client, server.address()));
      Tulip.blocking(client::shutdownNow);
    });
  }

  @Test
  void fiftyAnswersThatTakeASecondTakeASecond() throws Exception {
    Trial.run(() -> {
      var client = newClient();
      try (var proxy = FaultProxy.open(server.address())) {
        proxy.toClient().delay(Duration.ofSeconds(1));
        Trial.waitsTogether(Collections.nCopies(50, new Session(client, proxy.address())));
      }
      Tulip.blocking(client::shutdownNow);
    });
  }
}
