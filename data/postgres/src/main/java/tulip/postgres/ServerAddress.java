// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.net.ConnectException;
import tulip.bytes.ByteWriter;
import tulip.net.ByteStream;
import tulip.net.TlsContext;
import tulip.pipelining.PipelineLimits;
import tulip.postgres.protocol.FrontendWriter;

/// One server, and how it is spoken to: what a connection and its cancel requests have in common.
///
/// @param options of the connection
/// @param endpoint of the server
/// @param tls whether TLS is used this time
record ServerAddress(PostgresOptions options, Endpoint endpoint, TlsMode tls) {
  /// More than a message, so that the rest of it can be read.
  private static final int SLACK = 1 << 17;

  /// Opens a stream, with TLS if that is agreed on.
  ///
  /// @throws IOException if that fails, or the server has no TLS where there must be
  ByteStream connect() throws IOException {
    var limits = PipelineLimits.stream(options.limits().message() + SLACK);
    var stream = endpoint.connect(limits);
    try {
      if (tls != TlsMode.DISABLE && endpoint instanceof Endpoint.Host host) {
        secure(stream, host.host());
      }
      return stream;
    } catch (Throwable t) {
      stream.abort();
      throw t;
    }
  }

  private void secure(ByteStream stream, String host) throws IOException {
    if (options.directTls()) {
      stream.startTls(context().withProtocols("postgresql"), host);
    } else if (isOffered(stream)) {
      stream.startTls(context(), host);
    } else if (tls.isRequired()) {
      throw new ConnectException(endpoint + " speaks no TLS, which " + tls + " demands");
    }
  }

  /// Nothing but one byte may come before TLS: whatever else is there somebody has put in.
  private boolean isOffered(ByteStream stream) throws IOException {
    var request = new ByteWriter(8);
    new FrontendWriter(request).sslRequest();
    stream.write(request.view());
    byte answer = stream.readExactly(1).byteAt(0);
    return switch (answer) {
      case 'S' -> true;
      case 'N' -> false;
      default ->
          throw new ConnectException(
              endpoint + " answers byte " + answer + " to the request for TLS; is it PostgreSQL?");
    };
  }

  private TlsContext context() {
    var own = options.tlsContext();
    return own == null ? TlsFiles.context(tls, false) : own;
  }

  @Override
  public String toString() {
    return options.database() + " at " + endpoint;
  }
}
