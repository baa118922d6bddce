// SPDX-License-Identifier: Apache-2.0

import module tulip.core;
import module tulip.net;

import java.io.IOException;
import java.nio.file.Path;

/// Sends back what it gets, to any number of connections at a time.
///
///     ./tulip run examples/EchoServer.java --port 7000
///     ./tulip run examples/EchoServer.java --port 7000 --tls chain.pem key.pem
///
/// Ctrl-C ends it. Without arguments it shows itself: it serves a port that is free, and talks to
/// itself there.
void main(String... arguments) throws IOException {
  int port = 0;
  TlsContext tls = null;
  var words = List.of(arguments).iterator();
  while (words.hasNext()) {
    switch (words.next()) {
      case "--port" -> port = Integer.parseInt(words.next());
      case "--tls" ->
          tls = TlsContext.server(TlsIdentity.read(Path.of(words.next()), Path.of(words.next())));
      default -> {
        IO.println("usage: EchoServer [--port N] [--tls CHAIN.pem KEY.pem]");
        return;
      }
    }
  }
  serve(port, tls);
}

void serve(int port, TlsContext tls) throws IOException {
  Tulip.run(() -> {
    try (var server = Server.open(Tcp.listen(port), stream -> echo(stream, tls))) {
      if (port == 0) {
        talkTo(server);
      } else {
        IO.println("echoing at port " + server.port());
        Tulip.sleepForever();
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
void talkTo(Server server) throws IOException {
  var answers =
      Tulip.gather(
          List.of("one", "two", "three"),
          word -> {
            try (var stream = Tcp.connect("localhost", server.port())) {
              stream.write(word + "\n");
              return stream.readLine();
            }
          });
  IO.println(answers);
}
