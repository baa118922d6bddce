// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tulip.core.Tulip;

/// How a process is told to end.
///
/// The JDK's own `Process.destroy` also closes the pipes, with what the process may still say; so
/// its handle is asked, which never signals a process that has ended.
final class Termination {
  private final Process process;
  private final Command command;

  Termination(Process process, Command command) {
    this.process = process;
    this.command = command;
  }

  void terminate() {
    process.toHandle().destroy();
  }

  void kill() {
    process.toHandle().destroyForcibly();
  }

  void send(String name) throws IOException {
    var signal = name.toUpperCase(Locale.ROOT);
    if (!signal.matches("[A-Z0-9+-]+")) {
      throw new IllegalArgumentException("there is no signal '" + name + "'");
    }
    switch (signal) {
      case "TERM" -> terminate();
      case "KILL" -> kill();
      default -> Tulip.blocking(() -> sendOther(signal));
    }
  }

  /// On a thread of the pool. The JDK has no call for it, but every shell has a command.
  private void sendOther(String signal) throws IOException {
    if (!process.isAlive()) {
      return;
    }
    var kill =
        new ProcessBuilder(
                "/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, "" + process.pid())
            .redirectErrorStream(true)
            .start();
    var complaint = new String(kill.getInputStream().readAllBytes(), UTF_8).strip();
    if (awaitHere(kill) != 0 && process.isAlive()) {
      throw new IllegalArgumentException("cannot send " + signal + ": " + complaint);
    }
  }

  private static int awaitHere(Process kill) throws IOException {
    try {
      return kill.waitFor();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e); // the loop is closing
    }
  }

  /// Ends the process and, if it is so told, its descendants, and waits until they have.
  void end() {
    var family = family();
    family.forEach(ProcessHandle::destroy);
    if (!Tulip.moveOnAfter(command.grace(), () -> await(family))) {
      family.addAll(family());
      family.forEach(ProcessHandle::destroyForcibly);
      await(family);
    }
  }

  private List<ProcessHandle> family() {
    var family = new ArrayList<ProcessHandle>();
    if (command.descendants()) {
      process.descendants().forEach(family::add);
    }
    family.add(process.toHandle());
    return family;
  }

  private void await(List<ProcessHandle> family) {
    for (var member : family) {
      if (!member.equals(process.toHandle())) {
        Tulip.await(member.onExit());
      }
    }
    Tulip.await(process.onExit());
  }
}
