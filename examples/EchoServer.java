// SPDX-License-Identifier: Apache-2.0

import static java.lang.ProcessBuilder.Redirect.DISCARD;

import module tulip.core;
import module tulip.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// Sends back what it gets, to any number of connections at a time.
///
///     ./tulip run examples/EchoServer.java --port 7000
///     ./tulip run examples/EchoServer.java --port 7000 --workers 4 --tls
///     ./tulip run examples/EchoServer.java --port 7000 --pem chain.pem key.pem
///
/// Each worker is a loop on a thread of its own. With `--tls` it shows a certificate of its own
/// making, which nobody has a reason to trust. Ctrl-C or SIGTERM ends it, and lets connections
/// finish for ten seconds. Without a port it shows itself: it serves one that is free, and talks to
/// itself there.
void main(String... arguments) throws Exception {
  int port = 0;
  int workers = 1;
  TlsIdentity identity = null;
  var words = List.of(arguments).iterator();
  while (words.hasNext()) {
    switch (words.next()) {
      case "--port" -> port = Integer.parseInt(words.next());
      case "--workers" -> workers = Integer.parseInt(words.next());
      case "--tls" -> identity = selfSigned();
      case "--pem" -> identity = TlsIdentity.read(Path.of(words.next()), Path.of(words.next()));
      default -> {
        IO.println("usage: EchoServer [--port N] [--workers N] [--tls | --pem CHAIN.pem KEY.pem]");
        return;
      }
    }
  }
  serve(port, WorkersOptions.DEFAULT.withCount(workers), identity);
}

void serve(int wanted, WorkersOptions options, TlsIdentity identity) throws IOException {
  var tls = identity == null ? null : TlsContext.server(identity);
  Tulip.run(() -> {
    try (var port = SharedPort.open(wanted);
        var workers =
            Workers.open(
                options,
                worker -> worker.serve(port, ServerOptions.DEFAULT, stream -> echo(stream, tls)))) {
      workers.awaitReady();
      if (wanted == 0) {
        talkTo(port.port(), tls != null);
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
void talkTo(int port, boolean inTls) throws IOException {
  var answers =
      Tulip.gather(
          List.of("one", "two", "three"),
          word -> {
            try (var stream = Tcp.connect("localhost", port)) {
              if (inTls) {
                stream.startTls(TlsContext.client().withoutVerification(), "localhost");
              }
              stream.write(word + "\n");
              return stream.readLine();
            }
          });
  IO.println(answers);
}

/// A key and a certificate of the JDK's own tool.
TlsIdentity selfSigned() throws Exception {
  var folder = Files.createTempDirectory("echo");
  var store = folder.resolve("store.p12");
  try {
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
    command.addAll(List.of("-genkeypair", "-alias", "echo", "-keyalg", "EC", "-dname"));
    command.addAll(List.of("CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", "secret"));
    new ProcessBuilder(command).redirectError(DISCARD).start().waitFor();
    var keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    var key = (PrivateKey) keys.getKey("echo", "secret".toCharArray());
    return TlsIdentity.of(List.of((X509Certificate) keys.getCertificate("echo")), key);
  } finally {
    Files.deleteIfExists(store);
    Files.delete(folder);
  }
}
