// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.core.Scope;
import tulip.core.Tulip;
import tulip.it.ChildJvm;
import tulip.net.ServerOptions;
import tulip.net.SharedPort;
import tulip.net.testing.RealServer;
import tulip.net.workers.Workers;
import tulip.net.workers.WorkersOptions;

/// A program of workers that is told to end by a signal answers first what it was asked.
class TerminatedWorkersTest {
  @ParameterizedTest
  @CsvSource({"TERM, 0, after the block", "INT, 130, ''"})
  void whatIsInFlightIsAnswered(String signal, int status, String end) throws Exception {
    int port = RealServer.freePort();
    try (var child = ChildJvm.withFlag().start(Program.class, Integer.toString(port))) {
      child.awaitLine("ready");
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
          var answers =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
        socket.getOutputStream().write("question\n".getBytes(US_ASCII));
        child.awaitLine("asked");
        child.signal(signal);
        assertEquals("answer", answers.readLine());
        assertNull(answers.readLine());
      }
      var run = child.end();
      assertEquals(status, run.status(), run::err);
      assertEquals("ready\nasked\n" + (end.isEmpty() ? "" : end + "\n"), run.out(), run::err);
    }
  }

  static final class Program {
    public static void main(String[] arguments) throws Exception {
      Tulip.run(() -> {
        try (var port = SharedPort.open(Integer.parseInt(arguments[0]));
            var workers =
                Workers.open(
                    WorkersOptions.DEFAULT.withCount(2),
                    worker ->
                        worker.serve(
                            port,
                            ServerOptions.DEFAULT,
                            stream -> {
                              stream.readLine();
                              System.out.println("asked");
                              new Scope().soft(true).run(Tulip::sleepForever);
                              stream.write("answer\n");
                            }))) {
          workers.awaitReady();
          System.out.println("ready");
          workers.join();
        }
      });
      System.out.println("after the block");
    }
  }
}
