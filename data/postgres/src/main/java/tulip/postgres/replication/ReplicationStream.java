// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.replication;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.postgres.CopyBoth;
import tulip.postgres.PostgresConnection;
import tulip.postgres.PostgresConnector;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.postgres.types.Lsn;
import tulip.postgres.types.TypeCatalog;

/// One connection by which a server sends changes: section 55.4 of the manual.
final class ReplicationStream {
  private static final int LARGEST = 1 << 30;

  /// The type of a message, and its length.
  private static final int HEADER = 5;

  private final PostgresConnection connection;
  private final CopyBoth copy;
  private final PostgresConnector ordinary;
  private final PgOutput output;

  /// What is being read: whoever is cancelled meanwhile reads it again.
  private @Nullable Bytes piece;

  /// How far the server had come at its last sign of life: what was committed before was sent
  /// before.
  private Lsn sent = new Lsn(0);

  private ReplicationStream(
      PostgresConnection connection, CopyBoth copy, PostgresConnector ordinary, TypeCatalog types) {
    this.connection = connection;
    this.copy = copy;
    this.ordinary = ordinary;
    output = new PgOutput(types);
  }

  /// Begins, on a connection that is for nothing else.
  ///
  /// @param ordinary opens connections for questions about types
  static ReplicationStream begin(
      PostgresConnection connection,
      ReplicationOptions options,
      Lsn from,
      PostgresConnector ordinary)
      throws IOException {
    var version = connection.parameter("server_version");
    int major = version == null ? 0 : Integer.parseInt(version.split("[^0-9]", 2)[0]);
    var copy = connection.copyBoth(options.command(from.toString(), major));
    return new ReplicationStream(connection, copy, ordinary, ordinary.types());
  }

  /// The next event, or a sign of life; waits for it.
  ///
  /// @return `null` for a sign of life: everything up to [#sent] was read
  @Nullable ReplicationEvent next() throws IOException {
    while (true) {
      if (piece == null) {
        piece = copy.next();
      }
      if (piece == null) {
        throw new EOFException("the server has ended the replication");
      }
      try {
        var reader = reader(piece);
        boolean isLife = reader.takeByte() == 'k';
        var event = isLife ? takeLife(reader) : takeData(reader);
        piece = null;
        if (isLife || event != null) {
          return event;
        }
      } catch (PostgresFormatException e) {
        connection.abort();
        throw (IOException) new ProtocolException(e.getMessage()).initCause(e);
      }
    }
  }

  /// A reader within a piece, as if it were a message by itself.
  private static BackendReader reader(Bytes piece) throws PostgresFormatException {
    var input = new ByteQueue(HEADER + LARGEST);
    input.put(new ByteWriter(HEADER).putByte('d').putInt(4 + piece.length()).toBytes());
    input.put(piece);
    var reader = new BackendReader(input, 4 + LARGEST);
    reader.next();
    return reader;
  }

  private @Nullable ReplicationEvent takeLife(BackendReader reader) throws PostgresFormatException {
    sent = new Lsn(reader.takeLong());
    reader.takeLong(); // the time
    reader.takeByte(); // whether a reply is wanted: reports go out all the time
    return null;
  }

  private @Nullable ReplicationEvent takeData(BackendReader reader)
      throws IOException, PostgresFormatException {
    reader.takeLong(); // where it stands
    reader.takeLong(); // how far the server has come, be it with changes that are not sent yet
    reader.takeLong(); // the time
    char type = (char) reader.takeByte();
    if (type != 'R') {
      return output.read(type, reader);
    }
    var table = output.readDefinition(reader);
    learn(table);
    output.define(table);
    return null;
  }

  private void learn(PgOutput.Definition table) throws IOException {
    if (table.types().stream().allMatch(id -> ordinary.types().find(id) != null)) {
      return;
    }
    try (var asking = ordinary.connect()) {
      asking.learnTypes(table.types());
    }
  }

  /// How far the server had come at its last sign of life.
  Lsn sent() {
    return sent;
  }

  /// Tells the server what was acknowledged.
  ///
  /// @param answer whether it is to say something too
  void report(Lsn acknowledged, boolean answer) throws IOException {
    var status = new ByteWriter(64).putByte('r').putLong(acknowledged.position());
    status.putLong(acknowledged.position()).putLong(acknowledged.position());
    status.putLong(PgOutput.micros(Instant.now())).putByte(answer ? 1 : 0);
    copy.write(status.toBytes());
  }

  /// Asks the server for a sign of life. Whatever waits to be taken is one.
  void check(Lsn acknowledged) throws IOException {
    report(acknowledged, true);
    copy.awaitPiece();
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  PostgresConnection connection() {
    return connection;
  }

  void close() throws IOException {
    copy.close();
    connection.close();
  }

  void abort() {
    connection.abort();
  }

  @Override
  public String toString() {
    return "replication by " + connection;
  }
}
