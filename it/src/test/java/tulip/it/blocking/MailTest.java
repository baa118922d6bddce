// SPDX-License-Identifier: Apache-2.0
package tulip.it.blocking;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.RealServer;

/// Jakarta Mail sends to Python's aiosmtpd.
class MailTest {
  private static RealServer server;

  /// Without its own name and address the library looks the machine's name up.
  private static final jakarta.mail.Session MAIL = jakarta.mail.Session.getInstance(settings());

  private static Properties settings() {
    var settings = new Properties();
    settings.setProperty("mail.smtp.localhost", "localhost");
    settings.setProperty("mail.from", "a@example.test");
    return settings;
  }

  private record Sending(Transport transport) implements Trial.Session {
    @Override
    public void exchange() throws MessagingException {
      var message = new MimeMessage(MAIL);
      message.setFrom();
      message.setRecipients(RecipientType.TO, InternetAddress.parse("b@example.test"));
      message.setSubject("Hello");
      message.setText("Good morning, world.\n");
      message.saveChanges();
      transport.sendMessage(message, message.getAllRecipients());
    }

    @Override
    public void close() throws MessagingException {
      transport.close();
    }
  }

  /// Asks the server whether it is there.
  private record Asking(Transport transport) implements Trial.Session {
    @Override
    public void exchange() {
      assertTrue(transport.isConnected());
    }

    @Override
    public void close() throws MessagingException {
      transport.close();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        RealServer.start(place ->
            List.of(
                "/usr/bin/python3",
                "-m",
                "aiosmtpd",
                "-n",
                "-l",
                "127.0.0.1:" + place.port(),
                "-c",
                "aiosmtpd.handlers.Sink"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Transport connect(InetSocketAddress address) throws MessagingException {
    var transport = MAIL.getTransport("smtp");
    transport.connect(address.getAddress().getHostAddress(), address.getPort(), null, null);
    return transport;
  }

  @Test
  void fiftySendersNeverHoldUpTheLoop() throws Exception {
    Trial.run(
        () -> Trial.neverStandsStill("Jakarta Mail", () -> new Sending(connect(server.address()))));
  }

  @Test
  void fiftyRepliesThatTakeASecondTakeASecond() throws Exception {
    Trial.run(() -> {
      try (var proxy = FaultProxy.open(server.address())) {
        var sessions = Trial.connectAll(() -> new Asking(connect(proxy.address())));
        proxy.toClient().delay(Duration.ofSeconds(1));
        Trial.waitsTogether(sessions);
        proxy.toClient().heal();
        for (var session : sessions) {
          session.close();
        }
      }
    });
  }
}
