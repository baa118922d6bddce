// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A program that nobody here wrote, run beside a test: a peer to talk to.
///
/// All it writes is kept, for [#awaitOutput] and for the messages of failures. It is killed, with
/// its children, by [#close], when the JVM ends, and, where there is `setpriv`, even when the JVM
/// is killed.
///
/// The methods block, and may be called from any thread. A task that shares its loop with the peer
/// of the program calls them by [tulip.core.Tulip#blocking].
public final class RealProcess implements AutoCloseable {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Set<RealProcess> RUNNING = ConcurrentHashMap.newKeySet();

  /// A thread that stays: Linux takes the end of the thread that started a child for the end of the
  /// parent.
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("starter").factory());

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(RealProcess::close), "real processes"));
  }

  private final List<String> command;
  private final Process process;
  private final StringBuilder output = new StringBuilder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private boolean ended;

  private RealProcess(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    RUNNING.add(this);
    Thread.ofPlatform().daemon().name("output of " + command.getFirst()).start(this::collect);
  }

  /// Starts a program.
  ///
  /// @param folder its working folder
  /// @throws IOException if it cannot be started
  public static RealProcess start(Path folder, String... command) throws IOException {
    return start(folder, List.of(command));
  }

  /// Starts a program.
  ///
  /// @param folder its working folder
  /// @throws IOException if it cannot be started
  public static RealProcess start(Path folder, List<String> command) throws IOException {
    var whole = new ArrayList<String>();
    if (Files.isExecutable(SETPRIV)) {
      whole.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
    }
    whole.addAll(command);
    var builder = new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
    return new RealProcess(List.copyOf(command), spawn(builder));
  }

  private static Process spawn(ProcessBuilder builder) throws IOException {
    try {
      return CompletableFuture.supplyAsync(
              () -> {
                try {
                  return builder.start();
                } catch (IOException e) {
                  throw new CompletionException(e);
                }
              },
              STARTER)
          .join();
    } catch (CompletionException e) {
      throw new IOException("cannot start " + builder.command(), e.getCause());
    }
  }

  /// Runs a program to its end. Its standard input is empty.
  ///
  /// @return what it has written
  /// @throws IOException if it cannot be started, fails, or takes longer than the limit
  public static String run(Path folder, Duration limit, String... command) throws IOException {
    try (var process = start(folder, command)) {
      process.endInput();
      int status = process.end(limit);
      if (status != 0) {
        throw new IOException("status " + status + " of " + process.report());
      }
      return process.output();
    }
  }

  private void collect() {
    try (Reader reader = process.inputReader()) {
      var piece = new char[4096];
      for (int n; (n = reader.read(piece)) >= 0; ) {
        add(piece, n);
      }
    } catch (IOException e) {
      System.getLogger("tulip.net.testing").log(System.Logger.Level.DEBUG, command.toString(), e);
    } finally {
      noteEnd();
    }
  }

  private void noteEnd() {
    lock.lock();
    try {
      ended = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(char[] piece, int n) {
    lock.lock();
    try {
      output.append(piece, 0, n);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Writes to its standard input.
  ///
  /// @throws IOException if it reads no more
  public void send(String text) throws IOException {
    var writer = process.outputWriter();
    writer.write(text);
    writer.flush();
  }

  /// Ends its standard input.
  ///
  /// @throws IOException if that fails
  public void endInput() throws IOException {
    process.outputWriter().close();
  }

  /// Waits until it has written this, on standard output or error.
  ///
  /// @throws IOException if it ends without it, or does not within the limit
  public void awaitOutput(String text, Duration limit) throws IOException {
    if (!await(limit, text)) {
      throw new IOException("no '" + text + "' but " + report());
    }
  }

  /// Waits until it has ended.
  ///
  /// @return its status
  /// @throws IOException if it does not within the limit
  public int end(Duration limit) throws IOException {
    try {
      if (!await(limit, null) || !process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("no end after " + limit + " of " + report());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Waits for a text, or for the end of the output if there is none.
  private boolean await(Duration limit, @Nullable String text) throws IOException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (text == null ? !ended : output.indexOf(text) < 0) {
        if (left <= 0 || ended) {
          return false;
        }
        left = more.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /// What it has written up to now, on standard output and error.
  public String output() {
    lock.lock();
    try {
      return output.toString();
    } finally {
      lock.unlock();
    }
  }

  /// Whether it runs.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Its number among the processes of the system.
  public long pid() {
    return process.pid();
  }

  /// Sends it SIGTERM, and says nothing of whether it listens.
  public void terminate() {
    process.destroy();
  }

  /// The command and what it has written, for messages.
  String report() {
    return String.join(" ", command) + ":\n" + output();
  }

  /// Kills it and its children, and waits until it is gone.
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
    RUNNING.remove(this);
  }

  @Override
  public String toString() {
    return "process " + pid() + " " + command;
  }
}
