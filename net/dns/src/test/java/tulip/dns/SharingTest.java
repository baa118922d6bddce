// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.dns.FakeServers.ONE;
import static tulip.dns.FakeServers.a;
import static tulip.dns.FakeServers.late;
import static tulip.dns.FakeServers.records;

import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.TimeoutException;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.dns.DnsException.Reason;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResponseCode;

/// Many tasks that ask the same, some of which are cancelled.
class SharingTest {
  private final FakeServers net = new FakeServers();

  @BothEngines
  void theSameQuestionIsAskedOnce(Engine engine) throws Exception {
    net.udp(ONE, late(ofSeconds(1), records(a("a.test", "192.0.2.80", 60))));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            var answers =
                Tulip.gather(
                    Collections.nCopies(100, "a.test"), name -> dns.query(name, RecordType.A));
            assertEquals(100, answers.size());
            assertEquals(1, net.log.size());
          }
        });
  }

  @BothEngines
  void aCancelledTaskDoesNotHurtTheOthers(Engine engine) throws Exception {
    net.udp(ONE, late(ofSeconds(1), records(a("a.test", "192.0.2.80", 60))));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE);
              var group = TaskGroup.open()) {
            var impatient =
                group.start(() ->
                    assertThrows(
                        TimeoutException.class,
                        () ->
                            Tulip.timeout(ofMillis(10), () -> dns.query("a.test", RecordType.A))));
            var patient = group.start(() -> dns.query("a.test", RecordType.A));
            group.join();
            assertTrue(impatient.isDone());
            assertEquals(1, patient.result().records().size());
            assertEquals(1, net.log.size());
          }
        });
  }

  @BothEngines
  void whenNobodyWaitsTheWorkStops(Engine engine) throws Exception {
    net.udp(ONE, FakeServers::silence);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            int tasks = EventLoop.current().taskCount();
            for (int i = 0; i < 3; i++) {
              assertThrows(
                  TimeoutException.class,
                  () -> Tulip.timeout(ofMillis(10), () -> dns.query("a.test", RecordType.A)));
            }
            Tulip.sleep(ofMillis(1));
            assertEquals(tasks, EventLoop.current().taskCount());
            assertEquals(3, net.log.size(), "each time anew");
          }
        });
  }

  @BothEngines
  void eachGetsAFailureOfItsOwn(Engine engine) throws Exception {
    net.udp(ONE, late(ofSeconds(1), FakeServers.code(ResponseCode.REFUSED)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            var failures = new ArrayList<DnsException>();
            TaskGroup.run(group -> {
              for (int i = 0; i < 2; i++) {
                group.start(() -> {
                  failures.add(
                      assertThrows(DnsException.class, () -> dns.query("a.test", RecordType.A)));
                });
              }
            });
            assertNotSame(failures.getFirst(), failures.getLast());
            assertEquals(failures.getFirst().getMessage(), failures.getLast().getMessage());
            assertEquals(1, failures.getLast().getSuppressed().length);
          }
        });
  }

  @BothEngines
  void belongsToItsLoop(Engine engine) throws Exception {
    var escaped = new ArrayList<DnsResolver>();
    OnLoop.run(engine, () -> escaped.add(net.resolver(ONE)));
    OnLoop.run(
        engine,
        () ->
            assertThrows(
                IllegalStateException.class,
                () -> escaped.getFirst().query("a.test", RecordType.A)));
  }

  @BothEngines
  void closingEndsWhatIsUnderWay(Engine engine) throws Exception {
    net.udp(ONE, FakeServers::silence);
    OnLoop.run(
        engine,
        () -> {
          var dns = net.resolver(ONE);
          EventLoop.current().callLater(ofMillis(10), dns::close);
          var error = assertThrows(DnsException.class, () -> dns.query("a.test", RecordType.A));
          assertEquals(Reason.CLOSED, error.reason());
          assertTrue(net.closed);
          var late = assertThrows(DnsException.class, () -> dns.query("a.test", RecordType.A));
          assertEquals(Reason.CLOSED, late.reason());
          dns.close();
        });
  }
}
