// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.spi.SideThread;

/// The writing half of a pipe: a thread writes one block at a time, and takes none before that is
/// written.
final class PipeOutput {
  private static final int BLOCK = 64 * 1024;

  private final EventLoop loop = EventLoop.current();
  private final OutputStream target;
  private final boolean closesTarget;
  private final SideThread thread;
  private @Nullable Runnable writable;
  private @Nullable IOException failure;
  private boolean busy;
  private boolean ending;
  private boolean closed;

  PipeOutput(OutputStream target, boolean closesTarget, String name) {
    this.target = target;
    this.closesTarget = closesTarget;
    thread = new SideThread(name);
  }

  int write(ByteBuffer source) throws IOException {
    check();
    if (ending) {
      throw new ClosedChannelException();
    }
    if (busy || !source.hasRemaining()) {
      return 0;
    }
    var block = new byte[Math.min(BLOCK, source.remaining())];
    source.get(block);
    start(() -> {
      target.write(block);
      target.flush();
      return null;
    });
    return block.length;
  }

  /// Tells the reader that nothing more comes.
  ///
  /// @return whether that is done
  boolean shutdown() throws IOException {
    check();
    if (busy) {
      return false;
    }
    if (!ending) {
      ending = true;
      start(this::closeTarget);
      return false;
    }
    return true;
  }

  /// Whether the last block is written.
  boolean isIdle() throws IOException {
    check();
    return !busy;
  }

  void whenWritable(Runnable callback) {
    writable = callback;
    if (!busy || closed) {
      tellWritable();
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      var _ = thread.call(this::closeTarget);
      thread.close();
      tellWritable();
    }
  }

  private @Nullable Void closeTarget() throws IOException {
    if (closesTarget) {
      target.close();
    }
    return null;
  }

  private void start(Callable<@Nullable Void> step) {
    busy = true;
    var done = loop.wrap(thread.call(() -> attempt(step)));
    done.addDoneCallback(this::written);
  }

  /// On the side thread.
  private static Optional<IOException> attempt(Callable<@Nullable Void> step) throws Exception {
    try {
      step.call();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private void written(Future<Optional<IOException>> done) {
    busy = false;
    done.result().ifPresent(problem -> failure = problem);
    tellWritable();
  }

  private void tellWritable() {
    var callback = writable;
    if (callback != null) {
      writable = null;
      loop.callSoon(callback);
    }
  }

  private void check() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
