// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.net.ByteStream;
import tulip.postgres.protocol.Authentication;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.ErrorFields;
import tulip.postgres.protocol.FrontendWriter;
import tulip.postgres.protocol.PostgresFormatException;

/// The beginning of a session: who this is, the proof of it, and what the server then tells.
final class Startup {
  private final ByteStream stream;
  private final ServerAddress address;
  private final BackendReader message;
  private final ByteWriter out = new ByteWriter(1 << 20);
  private final FrontendWriter writer = new FrontendWriter(out);
  private final Map<String, String> parameters = new HashMap<>();
  private int process;
  private Bytes key = Bytes.EMPTY;

  private Startup(ByteStream stream, ServerAddress address, BackendReader message) {
    this.stream = stream;
    this.address = address;
    this.message = message;
  }

  /// What the server has told about a session.
  ///
  /// @param parameters of the server, by their names; those that change are told later
  /// @param process its number, for cancel requests
  /// @param key which they must know
  record Session(Map<String, String> parameters, int process, Bytes key) {}

  /// Logs in.
  ///
  /// @param message reads from the stream
  /// @throws tulip.sql.SqlException if the server refuses it
  /// @throws IOException if the connection is lost, or the server is none of the kind
  static Session run(ByteStream stream, ServerAddress address, BackendReader message)
      throws IOException {
    try {
      return new Startup(stream, address, message).run();
    } catch (PostgresFormatException e) {
      throw (IOException) new ProtocolException(e.getMessage()).initCause(e);
    }
  }

  private Session run() throws IOException, PostgresFormatException {
    writer.startup(startupParameters());
    send();
    var login = new Login(stream, address);
    while (true) {
      receive();
      switch (message.type()) {
        case 'R' -> {
          if (login.answer(Authentication.read(message), writer)) {
            send();
          }
        }
        case 'S' -> parameters.put(message.takeString(), message.takeString());
        case 'K' -> {
          process = message.takeInt();
          key = message.take(message.remaining());
        }
        case 'E' -> throw SqlErrors.exception(ErrorFields.read(message));
        case 'N' -> address.options().onNotice().accept(SqlErrors.error(ErrorFields.read(message)));
        case 'v' -> {} // the server knows only an older version of the protocol, which is enough
        case 'Z' -> {
          login.checkDone();
          return new Session(parameters, process, key);
        }
        default ->
            throw new PostgresFormatException("a message of type " + message.type() + " at login");
      }
    }
  }

  private Map<String, String> startupParameters() {
    var options = address.options();
    var all = new LinkedHashMap<String, String>();
    all.put("user", options.user());
    all.put("database", options.database());
    all.putAll(options.settings());
    all.put("client_encoding", "UTF8");
    return all;
  }

  private void send() throws IOException {
    stream.write(out.view());
    out.clear();
  }

  private void receive() throws IOException, PostgresFormatException {
    while (!message.next()) {
      if (!stream.fill()) {
        throw new EOFException(address + " has closed the connection during the login");
      }
    }
  }
}
