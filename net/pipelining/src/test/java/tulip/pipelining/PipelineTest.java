// SPDX-License-Identifier: Apache-2.0
package tulip.pipelining;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.testing.Tasks;
import tulip.testing.TulipTest;

/// A pipeline whose far end is the test.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class PipelineTest {
  private static final PipelineLimits LIMITS = new PipelineLimits(3, 1 << 20, ZERO);

  /// A request whose reply is so many lines.
  private static final class Lines extends Call<String> {
    private final List<String> lines = new ArrayList<>();
    private final int count;

    Lines(int count, long deadline) {
      super(deadline);
      this.count = count;
    }

    @Override
    protected boolean accept(String line) throws IOException {
      if (line.equals("nonsense")) {
        throw new ProtocolException("no reply to that");
      }
      lines.add(line);
      return lines.size() == count;
    }

    @Override
    public String toString() {
      return "a reply of " + count;
    }
  }

  private final LineDialect dialect = new LineDialect();

  @SuppressWarnings("NullAway.Init")
  private ByteStream server;

  @SuppressWarnings("NullAway.Init")
  private Pipeline<String> pipeline;

  @BeforeEach
  void open() throws IOException {
    open(LIMITS);
  }

  private void open(PipelineLimits limits) throws IOException {
    open(limits, StreamLimits.DEFAULT.output());
  }

  /// @param wire how many bytes the far end takes at once
  private void open(PipelineLimits limits, int wire) throws IOException {
    var pair = ByteStream.pair(new StreamLimits(1 << 22, wire, ZERO));
    server = pair.far();
    var near = new ByteStream(pair.near().detach(), PipelineLimits.stream(1024));
    pipeline = Pipeline.open("test", near, dialect, limits);
  }

  /// Another one in place of that which each test has.
  private void reopen(PipelineLimits limits) throws IOException {
    close();
    dialect.losses = 0;
    open(limits);
  }

  @AfterEach
  void close() {
    pipeline.lose(new IOException("the test has ended"));
    server.abort();
  }

  private Task<String> ask(String request) {
    return ask(request, ZERO);
  }

  private Task<String> ask(String request, Duration limit) {
    return ask(request, 1, limit);
  }

  private Task<String> ask(String request, int lines, Duration limit) {
    var loop = EventLoop.current();
    return loop.createTask(() -> {
      pipeline.awaitRoom(limit);
      long deadline = limit.isZero() ? Call.NO_DEADLINE : loop.time() + limit.toNanos();
      var call = new Lines(lines, deadline);
      pipeline.send(call, Bytes.ofAscii(request + "\n").asByteBuffer());
      call.await();
      return String.join(" ", call.lines);
    });
  }

  private void expect(String... lines) throws IOException {
    for (var line : lines) {
      assertEquals(line, server.readLine());
    }
  }

  private static LineDialect.Failure failure(Task<?> task) {
    assertTrue(task.isDone());
    return assertInstanceOf(LineDialect.Failure.class, task.exception());
  }

  @TulipTest
  void repliesGoToTheirCallsInOrder() throws Exception {
    var one = ask("one");
    var two = ask("two", 2, ZERO);
    var three = ask("three");
    expect("one", "two", "three");
    assertEquals(3, pipeline.pending());
    server.write("1\n2\nan");
    assertEquals("1", one.await());
    server.write("d 2\n3\n");
    assertEquals("2 and 2", two.await());
    assertEquals("3", three.await());
    assertEquals(0, pipeline.pending());
    assertEquals(4, pipeline.received());
  }

  @TulipTest
  void aTaskMaySendSeveralBeforeItWaits() throws Exception {
    pipeline.awaitRoom(ZERO);
    var one = new Lines(1, Call.NO_DEADLINE);
    var two = new Lines(1, Call.NO_DEADLINE);
    pipeline.send(one, List.of(Bytes.ofAscii("one"), Bytes.ofAscii("\n")));
    pipeline.send(two, Bytes.ofAscii("two\n").asByteBuffer());
    expect("one", "two");
    server.write("1\n2\n");
    two.await();
    one.await();
    assertEquals(List.of("1", "2"), List.of(one.lines.getFirst(), two.lines.getFirst()));
  }

  @TulipTest
  void theReplyOfWhoWasCancelledGoesToNobody() throws Exception {
    var cancelled = ask("one");
    var other = ask("two");
    expect("one", "two");
    cancelled.cancel();
    Tasks.awaitAllBlocked();
    assertTrue(cancelled.isCancelled());
    server.write("1\n2\n");
    assertEquals("2", other.await());
  }

  @TulipTest
  void aLateReplyGoesToNobody() throws Exception {
    var late = ask("one", ofSeconds(3));
    var patient = ask("two");
    Tulip.sleep(ofSeconds(2));
    var later = ask("three", ofSeconds(3));
    Tulip.sleep(ofSeconds(2));
    assertTrue(failure(late).maybeExecuted);
    assertFalse(later.isDone());
    server.write("1\n2\n3\n");
    assertEquals("2", patient.await());
    assertEquals("3", later.await());
    assertTrue(pipeline.isOpen());
  }

  @TulipTest
  void aServerThatTakesNothingIsLostAtTheDeadline() throws Exception {
    reopen(new PipelineLimits(3, 1 << 22, ZERO));
    var large = ask("x".repeat(1 << 20), ofSeconds(3));
    var other = ask("two");
    Tulip.sleep(ofSeconds(4));
    assertFalse(failure(large).maybeExecuted);
    assertInstanceOf(SocketTimeoutException.class, failure(other).getCause());
    assertFalse(pipeline.isOpen());
  }

  @TulipTest
  void callsBeyondTheLimitWaitUnsent() throws Exception {
    var tasks = List.of(ask("1"), ask("2"), ask("3"), ask("4"), ask("5"), ask("6", ofSeconds(5)));
    expect("1", "2", "3");
    Tulip.sleep(ofSeconds(6));
    assertTrue(server.input().isEmpty());
    assertFalse(failure(tasks.get(5)).maybeExecuted);
    tasks.get(3).cancel();
    server.write("a\n");
    expect("5");
    server.write("b\nc\ne\n");
    assertEquals("e", tasks.get(4).await());
    assertTrue(tasks.get(3).isCancelled());
  }

  @TulipTest
  void bytesBeyondTheLimitWaitUnsent() throws Exception {
    reopen(new PipelineLimits(3, 1000, ZERO));
    var large = "x".repeat(1 << 20);
    var first = ask(large);
    var second = ask("two");
    Tasks.awaitAllBlocked();
    assertEquals(1, pipeline.pending());
    expect(large);
    server.write("1\n");
    assertEquals("1", first.await());
    expect("two");
    server.write("2\n");
    assertEquals("2", second.await());
  }

  /// A large request lets others have their turns while it is written. Whoever comes then, and is
  /// cancelled at some moment, has a place in both lines or in none.
  @TulipTest
  void cancelledBesideALargeRequest() throws Exception {
    var large = "x".repeat(200_000);
    for (int moment = 0; moment < 8; moment++) {
      close();
      open(new PipelineLimits(10, 1 << 24, ZERO), 1 << 24);
      var sent = List.of(ask(large + 1), ask(large + 2), ask(large + 3));
      var cancelled = ask("small");
      for (int i = 0; i < moment; i++) {
        Tulip.yield();
      }
      cancelled.cancel();
      var last = ask("last");
      var echo = EventLoop.current().createTask(this::echoLastLetters);
      for (int i = 0; i < sent.size(); i++) {
        assertEquals(Integer.toString(i + 1), sent.get(i).await());
      }
      assertEquals("t", last.await());
      echo.cancel();
    }
  }

  private void echoLastLetters() throws IOException {
    for (var line : server.lines()) {
      server.write(line.charAt(line.length() - 1) + "\n");
    }
  }

  @TulipTest
  void aLossSaysWhatMayHaveBeenExecuted() throws Exception {
    var sent = ask("one");
    expect("one");
    var unsent = ask("x".repeat(1 << 20));
    Tasks.awaitAllBlocked();
    var full = ask("three");
    var waiting = ask("four");
    Tasks.awaitAllBlocked();
    server.abort();
    Tasks.awaitAllBlocked();
    assertTrue(failure(sent).maybeExecuted);
    for (var task : List.of(unsent, full, waiting, ask("five"))) {
      Tasks.awaitAllBlocked();
      assertFalse(failure(task).maybeExecuted);
    }
    assertEquals(1, dialect.losses);
    assertThrows(IOException.class, pipeline::awaitLost);
  }

  @TulipTest
  void aSilentServerIsGivenUp() throws Exception {
    reopen(new PipelineLimits(3, 1 << 20, ofSeconds(10)));
    Tulip.sleep(ofSeconds(60)); // nothing is owed
    var slow = ask("one", 3, ZERO);
    for (int i = 0; i < 2; i++) {
      Tulip.sleep(ofSeconds(9));
      server.write("still here\n");
    }
    assertFalse(slow.isDone());
    Tulip.sleep(ofSeconds(21));
    assertInstanceOf(SocketTimeoutException.class, failure(slow).getCause());
  }

  @TulipTest
  void whatIsUnaskedGoesToNoCall() throws Exception {
    var one = ask("one");
    expect("one");
    server.write("!news\n1\n!more\n");
    assertEquals("1", one.await());
    Tasks.awaitAllBlocked();
    assertEquals(List.of("!news before a reply of 1", "!more before null"), dialect.unasked);
  }

  @TulipTest
  void whatCannotBeAReplyEndsTheConnection() throws Exception {
    for (var wrong : List.of("?", "nonsense")) {
      var one = ask("one");
      expect("one");
      server.write(wrong + "\n");
      Tasks.awaitAllBlocked();
      assertInstanceOf(ProtocolException.class, failure(one).getCause());
      reopen(LIMITS);
    }
    server.write("nobody asked\n");
    assertThrows(ProtocolException.class, pipeline::awaitLost);
  }

  @TulipTest
  void quietMeansThatNothingIsOwed() throws Exception {
    pipeline.awaitQuiet();
    var one = ask("one");
    var two = ask("two");
    expect("one", "two");
    var quiet = EventLoop.current().createTask(pipeline::awaitQuiet);
    one.cancel();
    server.write("1\n");
    Tasks.awaitAllBlocked();
    assertFalse(quiet.isDone());
    server.write("2\n");
    quiet.await();
    assertEquals("2", two.await());
  }

  @TulipTest
  void aStreamThatMakesWritersWaitIsRefused() {
    var pair = ByteStream.pair();
    assertThrows(
        IllegalArgumentException.class, () -> Pipeline.open("test", pair.near(), dialect, LIMITS));
    pair.near().abort();
    pair.far().abort();
  }

  @TulipTest
  void aRequestMayHaveSeveralParts() throws IOException {
    var call = new Lines(1, Call.NO_DEADLINE);
    pipeline.send(call, Bytes.ofAscii("one ").asByteBuffer());
    pipeline.sendMore(call, Bytes.ofAscii("two\n").asByteBuffer());
    expect("one two");
    server.write("done\n");
    call.await();
    assertEquals(List.of("done"), call.lines);
    pipeline.lose(new IOException("cut"));
    assertThrows(
        LineDialect.Failure.class,
        () -> pipeline.sendMore(call, Bytes.ofAscii("more").asByteBuffer()));
  }

  @TulipTest
  void thePartsWaitForTheServerToTakeThem() throws IOException {
    reopen(new PipelineLimits(3, 1 << 16, ZERO));
    var call = new Lines(1, Call.NO_DEADLINE);
    var part = Bytes.wrap(new byte[1 << 16]);
    pipeline.send(call, part.asByteBuffer());
    var sending =
        EventLoop.current()
            .createTask(() -> {
              int sent = 0;
              for (; sent < 64; sent++) {
                pipeline.sendMore(call, part.asByteBuffer());
                pipeline.awaitSent();
              }
              return sent;
            });
    Tasks.awaitAllBlocked();
    assertFalse(sending.isDone());
    server.readExactly(65 << 16);
    assertEquals(64, sending.await());
  }

  @TulipTest
  void nothingIsReadBeforeItIsWanted() throws IOException {
    dialect.demand.clear();
    var one = ask("one");
    expect("one");
    server.write("1\n");
    Tasks.awaitAllBlocked();
    var first = one.isDone(); // the reader was waiting already
    var two = ask("two");
    expect("two");
    server.write("2\n");
    Tasks.awaitAllBlocked();
    assertFalse(two.isDone());
    dialect.demand.set();
    assertEquals("2", two.await());
    assertEquals("1", one.await(), () -> "done before: " + first);
  }
}
