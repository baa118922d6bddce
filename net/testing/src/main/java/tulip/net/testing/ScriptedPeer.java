// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;

/// A peer that follows a script, beside the test of a client or a server: in memory, over TCP or
/// over any other stream.
///
/// ```java
/// try (var peer =
///         ScriptedPeer.listen(server -> {
///           server.send("220 mail.test\r\n");
///           server.expect("EHLO client.test\r\n");
///           server.reset();
///         })) {
///   assertThrows(IOException.class, () -> MailClient.connect(peer.address()));
/// }
/// ```
///
/// A script that meets something else fails, and with it the wait that the test is in, or else the
/// end of the block. The block ends when all scripts have come to their ends; one that has not
/// within five seconds fails too, and says which step it is at. All methods are for the task that
/// opened it.
public final class ScriptedPeer implements AutoCloseable {
  /// What a peer does. When it returns the stream is closed.
  @FunctionalInterface
  public interface Script {
    /// Plays the part of the peer.
    void play(ScriptedStream peer) throws Exception;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TaskGroup group = TaskGroup.open();
  private final List<ScriptedStream> playing = new ArrayList<>();
  private final Event begun = new Event();
  private final @Nullable Listener listener;

  private ScriptedPeer(@Nullable Listener listener) {
    this.listener = listener;
  }

  /// Plays a script at this end of a connection. In a task.
  public static ScriptedPeer on(ByteStream stream, Script script) {
    var peer = new ScriptedPeer(null);
    peer.group.start("scripted peer", () -> peer.play(stream, script));
    return peer;
  }

  /// Listens at a free port of the loopback address, and plays a script for each connection, in
  /// their order; there must be as many connections as scripts, and more are refused. In a task.
  ///
  /// @throws IOException if it cannot listen
  public static ScriptedPeer listen(Script... scripts) throws IOException {
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var listener = Tcp.listen(here, ListenOptions.DEFAULT);
    var peer = new ScriptedPeer(listener);
    peer.group.start("scripted peer", () -> peer.accept(listener, List.of(scripts)));
    return peer;
  }

  private void accept(Listener from, List<Script> scripts) throws IOException {
    try (from) {
      for (var script : scripts) {
        var stream = from.accept();
        group.start("scripted peer", () -> play(stream, script));
      }
    }
  }

  private void play(ByteStream stream, Script script) throws Exception {
    var scripted = new ScriptedStream(stream);
    playing.add(scripted);
    begun.set();
    try {
      script.play(scripted);
      scripted.finish();
    } finally {
      stream.abort();
    }
  }

  /// Where it listens.
  public InetSocketAddress address() {
    if (listener == null) {
      throw new IllegalStateException("this peer has a stream already, and listens nowhere");
    }
    return (InetSocketAddress) listener.address();
  }

  /// Waits until the script of the last connection is at a [ScriptedStream#pause].
  public void awaitPause() {
    begun.await();
    playing.getLast().awaitPause();
  }

  /// Lets that script go on, now or when it comes to its pause.
  public void go() {
    playing.getLast().go();
  }

  /// Waits until the scripts have come to their ends.
  ///
  /// @throws AssertionError if one has not
  /// @throws tulip.core.ExceptionGroup if one has failed, and the test was not told yet
  @Override
  public void close() {
    try (group) {
      boolean failed = group.scope().wasCancelled();
      if (!failed && !Tulip.moveOnAfter(PATIENCE, this::awaitEnds)) {
        throw new AssertionError("the test is at its end, and the peer is not: " + places());
      }
    }
  }

  private void awaitEnds() {
    for (var left = group.children(); !left.isEmpty(); left = group.children()) {
      left.getFirst().awaitDone();
    }
  }

  private String places() {
    return playing.isEmpty()
        ? "nobody has connected"
        : playing.stream().map(ScriptedStream::place).collect(joining(", "));
  }

  @Override
  public String toString() {
    return "scripted peer, " + places();
  }
}
