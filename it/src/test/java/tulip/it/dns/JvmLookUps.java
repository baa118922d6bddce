// SPDX-License-Identifier: Apache-2.0
package tulip.it.dns;

import static java.time.Duration.ofMillis;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.dns.DnsOptions;
import tulip.dns.DnsResolver;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Flag;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.RecordClass;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResourceRecord;
import tulip.dns.protocol.ResponseCode;
import tulip.net.UdpSocket;

/// A program whose tasks look hosts up with the JVM's own methods. Its name server is a task of the
/// same loop, which a blocked loop would keep from answering.
final class JvmLookUps {
  private JvmLookUps() {}

  public static void main(String[] arguments) throws Exception {
    Tulip.run(() -> {
      try (var group = TaskGroup.open();
          var socket = UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
        group.start(() -> serve(socket));
        try (var dns = DnsResolver.open(DnsOptions.DEFAULT.withServers(socket.address()))) {
          dns.useForLoop();
          lookUp();
        }
        System.out.println("initialiser " + InInitialiser.ADDRESS.isLoopbackAddress());
        group.cancel();
      }
    });
    System.out.println("outside " + InetAddress.getByName("localhost").isLoopbackAddress());
  }

  /// Answers after a while.
  private static void serve(UdpSocket socket) throws Exception {
    while (true) {
      var datagram = socket.receive();
      var query = Message.parse(datagram.data());
      Tulip.sleep(ofMillis(20));
      socket.send(answer(query).encode(), datagram.address());
    }
  }

  private static Message answer(Message query) {
    var question = query.questions().getFirst();
    var flags = Set.of(Flag.QR, Flag.RA);
    if (question.type().equals(RecordType.A) && question.name().toString().startsWith("a.")) {
      var data = new RecordData.A((Inet4Address) InetAddress.ofLiteral("192.0.2.80"));
      var record = new ResourceRecord(question.name(), RecordClass.IN, 60, data);
      return query.response(ResponseCode.NOERROR, flags, List.of(record));
    }
    if (question.type().equals(RecordType.PTR)) {
      var name = DomainName.of("a.slow.test");
      var record =
          new ResourceRecord(question.name(), RecordClass.IN, 60, new RecordData.PTR(name));
      return query.response(ResponseCode.NOERROR, flags, List.of(record));
    }
    return query.response(ResponseCode.NXDOMAIN, flags, List.of());
  }

  private static void lookUp() throws Exception {
    long turns = EventLoop.current().taskCount();
    var both =
        Tulip.gather(
            List.of("a.slow.test", "a.slow.test"), host -> InetAddress.getAllByName(host)[0]);
    System.out.println(both.getFirst().getHostAddress() + " " + both.getLast().getHostAddress());
    try {
      System.out.println(InetAddress.getAllByName("b.slow.test").length);
    } catch (UnknownHostException e) {
      System.out.println("unknown " + (EventLoop.current().taskCount() == turns));
    }
    var address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 80});
    System.out.println(address.getHostName());
  }

  /// A class initialiser holds its thread on the loop's, and cannot wait for the pool that asks the
  /// system.
  private static final class InInitialiser {
    static final InetAddress ADDRESS = address();

    private static InetAddress address() {
      try {
        return InetAddress.getByName("localhost");
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
