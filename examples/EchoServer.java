// SPDX-License-Identifier: Apache-2.0

import module tulip.core;
import module tulip.net;

import java.io.IOException;
import java.nio.file.Path;

/// Sends back what it gets, to any number of connections at a time.
///
///     ./tulip run examples/EchoServer.java --port 7000
///     ./tulip run examples/EchoServer.java --port 7000 --workers 4 --tls chain.pem key.pem
///
/// Each worker is a loop on a thread of its own. Ctrl-C or SIGTERM ends it, and lets connections
/// finish for ten seconds. Without a port it shows itself: it serves one that is free, and talks to
/// itself there.
void main(String... arguments) throws IOException {
  int port = 0;
  int workers = 1;
  TlsContext tls = null;
  var words = List.of(arguments).iterator();
  while (words.hasNext()) {
    switch (words.next()) {
      case "--port" -> port = Integer.parseInt(words.next());
      case "--workers" -> workers = Integer.parseInt(words.next());
      case "--tls" ->
          tls = TlsContext.server(TlsIdentity.read(Path.of(words.next()), Path.of(words.next())));
      default -> {
        IO.println("usage: EchoServer [--port N] [--workers N] [--tls CHAIN.pem KEY.pem]");
        return;
      }
    }
  }
  serve(port, WorkersOptions.DEFAULT.withCount(workers), tls);
}

void serve(int wanted, WorkersOptions options, TlsContext tls) throws IOException {
  Tulip.run(() -> {
    try (var port = SharedPort.open(wanted);
        var workers =
            Workers.open(
                options,
                worker -> worker.serve(port, ServerOptions.DEFAULT, stream -> echo(stream, tls)))) {
      workers.awaitReady();
      if (wanted == 0) {
        talkTo(port.port());
      } else {
        IO.println("echoing at port " + port.port());
        workers.join();
      }
    }
  });
}

void echo(ByteStream stream, TlsContext tls) throws IOException {
  if (tls != null) {
    stream.startTls(tls);
  }
  stream.transferTo(stream);
}

/// Three clients at once; each reads its own words.
void talkTo(int port) throws IOException {
  var answers =
      Tulip.gather(
          List.of("one", "two", "three"),
          word -> {
            try (var stream = Tcp.connect("localhost", port)) {
              stream.write(word + "\n");
              return stream.readLine();
            }
          });
  IO.println(answers);
}
