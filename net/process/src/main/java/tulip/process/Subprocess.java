// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.core.spi.ResourceTracker;
import tulip.net.ByteStream;

/// A program that runs beside this one: asyncio's subprocess.
///
/// ```java
/// try (var sort = Subprocess.start(Command.of("sort"))) {
///   sort.stdin().write("b\na\n");
///   sort.stdin().close();
///   System.out.println(sort.stdout().readLine());
/// }
/// ```
///
/// It lives no longer than its block: [#close] ends a program that still runs. Whoever wants no
/// more than its output calls [#run].
///
/// All methods are for tasks of the loop that started it; those that say so do not wait.
public final class Subprocess implements AutoCloseable {
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Command command;
  private final Process process;
  private final Termination termination;
  private final @Nullable ByteStream stdin;
  private final @Nullable ByteStream stdout;
  private final @Nullable ByteStream stderr;

  Subprocess(Command command, Process process, boolean first, boolean last) {
    this.command = command;
    this.process = process;
    termination = new Termination(process, command);
    var name = command.words().getFirst() + "-" + process.pid();
    stdin =
        first && command.stdin().equals(Stdio.PIPE)
            ? new ByteStream(PipeWire.writing(process.getOutputStream(), true, name + "-stdin"))
            : null;
    stdout =
        last && command.stdout().equals(Stdio.PIPE)
            ? new ByteStream(PipeWire.reading(process.getInputStream(), true, name + "-stdout"))
            : null;
    stderr =
        command.stderr().equals(Stdio.PIPE)
            ? new ByteStream(PipeWire.reading(process.getErrorStream(), true, name + "-stderr"))
            : null;
    tracker.opened(this);
  }

  /// Starts a program.
  ///
  /// @throws IOException if there is no such program or folder, or it may not be executed
  public static Subprocess start(Command command) throws IOException {
    return new Subprocess(command, spawn(command), true, true);
  }

  /// A task that is cancelled meanwhile leaves nothing behind.
  private static Process spawn(Command command) throws IOException {
    var started = new AtomicReference<Process>();
    try {
      return Tulip.blocking(() -> {
        var process = command.toBuilder().start();
        started.set(process);
        return process;
      });
    } catch (Cancelled e) {
      var process = started.get();
      if (process != null) {
        new Subprocess(command, process, true, true).close();
      }
      throw e;
    }
  }

  /// Runs a program to its end, without input.
  ///
  /// @param limit how many bytes of output, and of errors, it may write
  /// @throws IOException as [#start], or if it writes more; it is ended then
  /// @throws Cancelled if the task was cancelled; the program has ended then
  public static Completed run(Command command, int limit) throws IOException {
    return run(command, Bytes.EMPTY, limit);
  }

  /// Runs a program to its end.
  ///
  /// @param input what it can read, if its standard input is a pipe
  /// @param limit how many bytes of output, and of errors, it may write
  /// @throws IOException as [#start], or if it writes more; it is ended then
  /// @throws Cancelled if the task was cancelled; the program has ended then
  public static Completed run(Command command, Bytes input, int limit) throws IOException {
    try (var process = start(command)) {
      return process.communicate(input, limit);
    }
  }

  // Talking.

  /// Its standard input, to write to.
  ///
  /// @throws IllegalStateException if that is no pipe
  public ByteStream stdin() {
    return orRefuse(stdin, "input");
  }

  /// Its standard output, to read from.
  ///
  /// @throws IllegalStateException if that is no pipe
  public ByteStream stdout() {
    return orRefuse(stdout, "output");
  }

  /// Its standard error, to read from.
  ///
  /// @throws IllegalStateException if that is no pipe
  public ByteStream stderr() {
    return orRefuse(stderr, "error");
  }

  private ByteStream orRefuse(@Nullable ByteStream stream, String which) {
    if (stream == null) {
      throw new IllegalStateException(
          "the standard " + which + " of " + this + " is no pipe: start it with Stdio.PIPE");
    }
    return stream;
  }

  /// Writes all input, reads all output, and waits for the end of the program, all at once so that
  /// no pipe fills up. That the program does not want the input is no error.
  ///
  /// @param limit how many bytes of output, and of errors, it may write
  /// @throws tulip.net.LimitOverrunException if it writes more
  public Completed communicate(Bytes input, int limit) throws IOException {
    return Communication.of(this, stdin, stdout, stderr, input, limit);
  }

  // The end.

  /// Waits for the end of the program.
  ///
  /// @return its exit code; 128 and the signal's number if a signal ended it, as in a shell
  public int waitFor() {
    Tulip.await(process.onExit());
    return process.exitValue();
  }

  /// Its exit code, as [#waitFor] returns it; `null` while it runs. Does not wait.
  public @Nullable Integer exitCode() {
    return process.isAlive() ? null : Integer.valueOf(process.exitValue());
  }

  /// The number that the system knows it by.
  public long pid() {
    return process.pid();
  }

  /// What the JDK knows about it.
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// Asks it to end: `TERM`. Does nothing if it has. Does not wait.
  public void terminate() {
    termination.terminate();
  }

  /// Ends it: `KILL`. Does nothing if it has ended. Does not wait.
  public void kill() {
    termination.kill();
  }

  /// Sends it a signal. Does nothing if it has ended: the number may be another process's by then.
  ///
  /// @param name without `SIG`: `HUP`, `INT`, `USR1`
  /// @throws IllegalArgumentException if there is no such signal
  public void sendSignal(String name) throws IOException {
    termination.send(name);
  }

  /// Ends the program if it still runs, and closes its pipes; in a cancelled scope too. It is asked
  /// first, and killed after [Command#grace]. Does nothing the second time.
  @Override
  public void close() {
    Tulip.shield(termination::end);
    tracker.closed(this);
    for (var stream : new ByteStream[] {stdin, stdout, stderr}) {
      if (stream != null) {
        stream.abort();
      }
    }
  }

  @Override
  public String toString() {
    return "process " + process.pid() + " (" + command + ")";
  }
}
