// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.sync.Semaphore;
import tulip.net.ByteStream;

/// The peer's side of a connection, for the script of a [ScriptedPeer]: what it expects and what it
/// sends, one step after the other.
///
/// A step that meets something else fails with an [AssertionError], which names the step and says
/// where the bytes differ.
public final class ScriptedStream {
  private final ByteStream stream;
  private final Semaphore pauses = new Semaphore(0);
  private final Semaphore goes = new Semaphore(0);
  private int step;
  private String doing = "begin";

  ScriptedStream(ByteStream stream) {
    this.stream = stream;
  }

  /// The stream itself, for what no step here does: `startTls` perhaps.
  public ByteStream stream() {
    return stream;
  }

  // Steps.

  /// Waits for these bytes, in whatever pieces; what comes behind them is left for the next step.
  public void expect(Bytes expected) {
    begin("expect " + expected);
    for (int done = 0; done < expected.length(); ) {
      var piece = read(expected.length() - done);
      if (piece == null) {
        throw failure("the stream has ended before " + expected.slice(done), null);
      }
      compare(expected, done, piece);
      done += piece.length();
      doing = "expect " + expected + ", of which " + done + " bytes have come";
    }
  }

  /// Waits for this text, as UTF-8.
  public void expect(String expected) {
    expect(Bytes.ofUtf8(expected));
  }

  /// Waits for the end of what the other side sends.
  public void expectEnd() {
    begin("expect the end");
    var more = read(stream.limits().input());
    if (more != null) {
      throw failure(more + " has come", null);
    }
  }

  /// Sends bytes, and waits until they have left: two sends are two pieces.
  public void send(Bytes bytes) {
    begin("send " + bytes);
    attempt(() -> {
      stream.write(bytes);
      stream.flush();
    });
  }

  /// Sends text as UTF-8.
  public void send(String text) {
    send(Bytes.ofUtf8(text));
  }

  /// Waits until the test calls [ScriptedPeer#go].
  public void pause() {
    begin("pause");
    pauses.release();
    goes.acquire();
  }

  /// Ends this side; the other one may go on.
  public void end() {
    begin("end");
    attempt(stream::closeOutput);
  }

  /// Closes the connection behind what was sent, as the end of the script does.
  public void close() {
    begin("close");
    attempt(stream::close);
  }

  void finish() {
    close();
    doing = "done";
  }

  /// Resets the connection; where there is no socket, in memory perhaps, it is cut.
  public void reset() {
    begin("reset");
    ForwardedConnection.reset(stream);
  }

  // How they fail.

  @FunctionalInterface
  private interface Io {
    void run() throws IOException;
  }

  private void attempt(Io io) {
    try {
      io.run();
    } catch (IOException e) {
      throw failure("the connection has failed", e);
    }
  }

  private @Nullable Bytes read(int most) {
    try {
      return stream.read(most);
    } catch (IOException e) {
      throw failure("the connection has failed", e);
    }
  }

  private void compare(Bytes expected, int done, Bytes piece) {
    for (int i = 0; i < piece.length(); i++) {
      int at = done + i;
      if (piece.byteAt(i) != expected.byteAt(at)) {
        throw failure(
            "what has come differs from byte "
                + at
                + " on:\n  expected: "
                + expected.slice(at)
                + "\n  came:     "
                + piece.slice(i),
            null);
      }
    }
  }

  private void begin(String what) {
    step++;
    doing = what;
  }

  private AssertionError failure(String what, @Nullable Throwable cause) {
    return new AssertionError(place() + ": " + what, cause);
  }

  /// Which step it is at.
  String place() {
    return "step " + step + " of the script, " + doing;
  }

  // For the test.

  void awaitPause() {
    pauses.acquire();
  }

  void go() {
    goes.release();
  }
}
