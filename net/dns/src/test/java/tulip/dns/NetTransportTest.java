// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Flag;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.Question;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResponseCode;
import tulip.net.ByteStream;

/// Queries on real sockets, and servers that answer wrongly, too much, out of order or not at all.
class NetTransportTest {
  private static final Message QUERY = query("a.test");

  private interface Test {
    void with(WireServer server, Transport transport, TaskGroup group) throws Exception;
  }

  private static Message query(String name) {
    return Message.query(0x1234, Question.of(DomainName.of(name), RecordType.A), null);
  }

  private static Message good(Message query) {
    return FakeServers.answer(query, FakeServers.a("a.test", "192.0.2.80", 60));
  }

  private static void run(
      Engine engine, WireServer.Datagrams datagrams, WireServer.Talk talk, Test test)
      throws Exception {
    run(engine, false, datagrams, talk, test);
  }

  private static void run(
      Engine engine,
      boolean randomCase,
      WireServer.Datagrams datagrams,
      WireServer.Talk talk,
      Test test)
      throws Exception {
    OnLoop.runReal(
        engine,
        () -> {
          try (var group = TaskGroup.open()) {
            var server = WireServer.start(group, datagrams, talk);
            var loop = EventLoop.current();
            try (var transport = new NetTransport(loop, new Random(1), randomCase)) {
              test.with(server, transport, group);
            }
            group.cancel();
          }
        });
  }

  private static void noTalk(ByteStream stream) {
    throw new AssertionError("nobody should connect: " + stream);
  }

  private static List<Bytes> silence(Message query) {
    return List.of();
  }

  // UDP.

  @BothEngines
  void asksOverUdp(Engine engine) throws Exception {
    run(
        engine,
        query -> List.of(good(query).encode()),
        NetTransportTest::noTalk,
        (server, transport, _) ->
            assertEquals(good(QUERY), transport.udp(server.address(), QUERY)));
  }

  @BothEngines
  void whatIsNoAnswerIsPassedOver(Engine engine) throws Exception {
    var other = good(query("b.test")).encode();
    var wrongId = good(Message.query(0x1235, QUERY.questions().getFirst(), null)).encode();
    run(
        engine,
        query ->
            List.of(
                Bytes.EMPTY,
                Bytes.ofHex("1234"),
                Bytes.ofAscii("this is not what was asked for"),
                wrongId,
                other,
                query.encode(), // our own query, sent back
                good(query).encode()),
        NetTransportTest::noTalk,
        (server, transport, _) ->
            assertEquals(good(QUERY), transport.udp(server.address(), QUERY)));
  }

  @BothEngines
  void whoeverGuessesTooOftenEndsTheQuery(Engine engine) throws Exception {
    run(
        engine,
        _ -> Collections.nCopies(50, Bytes.ofHex("00")),
        NetTransportTest::noTalk,
        (server, transport, _) ->
            assertThrows(ProtocolException.class, () -> transport.udp(server.address(), QUERY)));
  }

  @BothEngines
  void anAnswerThatCannotBeReadIsAnError(Engine engine) throws Exception {
    run(
        engine,
        query -> List.of(good(query).encode().slice(0, 35)),
        NetTransportTest::noTalk,
        (server, transport, _) -> {
          var error =
              assertThrows(ProtocolException.class, () -> transport.udp(server.address(), QUERY));
          assertTrue(error.toString().contains("answer record 1"), error::toString);
        });
  }

  @BothEngines
  void anAnswerCutOffAnywhereSaysSo(Engine engine) throws Exception {
    run(
        engine,
        query -> {
          var truncated = query.response(ResponseCode.NOERROR, Set.of(Flag.QR, Flag.TC), List.of());
          var full =
              new Message(
                  truncated.header(),
                  query.questions(),
                  good(query).answers(),
                  List.of(),
                  List.of(),
                  null);
          return List.of(full.encode().slice(0, 40));
        },
        NetTransportTest::noTalk,
        (server, transport, _) ->
            assertTrue(transport.udp(server.address(), QUERY).header().has(Flag.TC)));
  }

  @BothEngines
  void aBareErrorIsAnAnswer(Engine engine) throws Exception {
    run(
        engine,
        _ -> List.of(Bytes.ofHex("123481010000000000000000")),
        NetTransportTest::noTalk,
        (server, transport, _) ->
            assertEquals(
                ResponseCode.FORMERR, transport.udp(server.address(), QUERY).header().code()));
  }

  @BothEngines
  void aBareSuccessIsNone(Engine engine) throws Exception {
    run(
        engine,
        query -> List.of(Bytes.ofHex("123481800000000000000000"), good(query).encode()),
        NetTransportTest::noTalk,
        (server, transport, _) ->
            assertEquals(good(QUERY), transport.udp(server.address(), QUERY)));
  }

  @BothEngines
  void mixedCaseMustComeBack(Engine engine) throws Exception {
    var spellings = new HashSet<String>();
    var name = "abcdefghijklmnopqrstuvwxyz.test";
    run(
        engine,
        true,
        query -> {
          spellings.add(query.questions().getFirst().name().toString());
          return List.of(FakeServers.answer(query).encode());
        },
        NetTransportTest::noTalk,
        (server, transport, _) -> {
          for (int i = 0; i < 3; i++) {
            var reply = transport.udp(server.address(), query(name));
            assertTrue(!reply.header().has(Flag.TC));
          }
          assertEquals(3, spellings.size());
        });
  }

  @BothEngines
  void anAnswerInAnotherCaseIsNotBelieved(Engine engine) throws Exception {
    run(
        engine,
        true,
        query -> {
          var lower =
              Message.query(
                  query.header().id(), query("abcdefgh.test").questions().getFirst(), null);
          return List.of(FakeServers.answer(lower).encode());
        },
        NetTransportTest::noTalk,
        (server, transport, _) ->
            assertTrue(
                transport.udp(server.address(), query("abcdefgh.test")).header().has(Flag.TC)));
  }

  @BothEngines
  void nobodyListensOverUdp(Engine engine) throws Exception {
    run(
        engine,
        NetTransportTest::silence,
        NetTransportTest::noTalk,
        (server, transport, group) -> {
          group.cancel(); // frees the port
          Tulip.shield(() -> {
            Tulip.sleep(ofMillis(20));
            assertThrows(IOException.class, () -> transport.udp(server.address(), QUERY));
          });
        });
  }

  // TCP.

  private static void answerAll(ByteStream stream) throws Exception {
    while (!stream.input().isEmpty() || stream.fill()) {
      WireServer.send(stream, good(Message.parse(WireServer.take(stream))).encode());
    }
  }

  @BothEngines
  void oneConnectionServesManyQueries(Engine engine) throws Exception {
    run(
        engine,
        NetTransportTest::silence,
        NetTransportTest::answerAll,
        (server, transport, _) -> {
          var replies =
              Tulip.gather(
                  Collections.nCopies(200, QUERY), query -> transport.tcp(server.address(), query));
          assertEquals(200, replies.size());
          transport.tcp(server.address(), QUERY);
          assertEquals(1, server.connections);
        });
  }

  @BothEngines
  void answersMayComeInAnyOrder(Engine engine) throws Exception {
    var names = IntStream.range(0, 20).mapToObj(i -> "n" + i + ".test").toList();
    run(
        engine,
        NetTransportTest::silence,
        stream -> {
          var queries = new ArrayList<Message>();
          while (queries.size() < names.size()) {
            queries.add(Message.parse(WireServer.take(stream)));
          }
          Collections.shuffle(queries, new Random(1));
          for (var query : queries) {
            WireServer.send(stream, good(query).encode());
          }
          stream.fill();
        },
        (server, transport, _) -> {
          var replies = Tulip.gather(names, name -> transport.tcp(server.address(), query(name)));
          for (int i = 0; i < names.size(); i++) {
            assertEquals(DomainName.of(names.get(i)), replies.get(i).questions().getFirst().name());
          }
        });
  }

  @BothEngines
  void aCancelledQueryLeavesTheConnectionGood(Engine engine) throws Exception {
    run(
        engine,
        NetTransportTest::silence,
        stream -> {
          var first = WireServer.take(stream);
          var second = WireServer.take(stream);
          WireServer.send(stream, good(Message.parse(first)).encode()); // too late for its task
          WireServer.send(stream, good(Message.parse(second)).encode());
          stream.fill();
        },
        (server, transport, _) -> {
          assertThrows(
              TimeoutException.class,
              () -> Tulip.timeout(ofMillis(100), () -> transport.tcp(server.address(), QUERY)));
          assertEquals(
              DomainName.of("b.test"),
              transport.tcp(server.address(), query("b.test")).questions().getFirst().name());
          assertEquals(1, server.connections);
        });
  }

  @BothEngines
  void aConnectionOnWhichTooMuchIsOwedIsReplaced(Engine engine) throws Exception {
    run(
        engine,
        NetTransportTest::silence,
        stream -> {
          while (stream.read() != null) {
            // answers nothing
          }
        },
        (server, transport, _) -> {
          var queries = Collections.nCopies(1000, QUERY);
          for (int i = 1; i <= 2; i++) {
            assertThrows(
                TimeoutException.class,
                () ->
                    Tulip.timeout(
                        ofMillis(500),
                        () -> Tulip.gather(queries, q -> transport.tcp(server.address(), q))));
            assertEquals(i, server.connections);
          }
        });
  }

  @BothEngines
  void aConnectionThatTheServerHasClosedIsReplaced(Engine engine) throws Exception {
    run(
        engine,
        NetTransportTest::silence,
        stream -> WireServer.send(stream, good(Message.parse(WireServer.take(stream))).encode()),
        (server, transport, _) -> {
          for (int i = 1; i <= 3; i++) {
            transport.tcp(server.address(), QUERY);
            assertEquals(i, server.connections);
          }
        });
  }

  @BothEngines
  void brokenConnectionsFailAllWhoWait(Engine engine) throws Exception {
    for (var bad :
        List.of(
            "", // closes
            "00", // in the middle of the length
            "0020" + "1234", // in the middle of a message
            "0003" + "123456", // too short for one
            "000c" + "ffff81800000000000000000")) { // nobody asked with this id
      run(
          engine,
          NetTransportTest::silence,
          stream -> {
            WireServer.take(stream);
            stream.write(Bytes.ofHex(bad));
          },
          (server, transport, _) ->
              assertThrows(
                  IOException.class,
                  () ->
                      Tulip.timeout(
                          ofSeconds(10),
                          () ->
                              Tulip.gather(
                                  List.of(QUERY, QUERY),
                                  query -> transport.tcp(server.address(), query))),
                  bad));
    }
  }

  @BothEngines
  void aBadAnswerFailsItsQueryOnly(Engine engine) throws Exception {
    run(
        engine,
        NetTransportTest::silence,
        stream -> {
          var cut = good(Message.parse(WireServer.take(stream))).encode();
          WireServer.send(stream, cut.slice(0, 35));
          answerAll(stream);
        },
        (server, transport, _) -> {
          assertThrows(ProtocolException.class, () -> transport.tcp(server.address(), QUERY));
          assertEquals(1, transport.tcp(server.address(), QUERY).answers().size());
          assertEquals(1, server.connections);
        });
  }

  @BothEngines
  void closingFailsWhoWaitsAndLeavesNoTask(Engine engine) throws Exception {
    run(
        engine,
        NetTransportTest::silence,
        ByteStream::fill,
        (server, transport, _) -> {
          EventLoop.current().callLater(ofMillis(50), transport::close);
          var error = assertThrows(IOException.class, () -> transport.tcp(server.address(), QUERY));
          assertNotEquals(ProtocolException.class, error.getClass());
        });
  }

  @BothEngines
  void nobodyListensOverTcp(Engine engine) throws Exception {
    run(
        engine,
        NetTransportTest::silence,
        NetTransportTest::noTalk,
        (server, transport, group) -> {
          group.cancel();
          Tulip.shield(() -> {
            Tulip.sleep(ofMillis(20));
            var error =
                assertThrows(IOException.class, () -> transport.tcp(server.address(), QUERY));
            assertTrue(error.toString().contains("no connection to"), error::toString);
          });
        });
  }
}
