// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

import java.util.Map;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Writes the client's messages, one behind the other, into a [ByteWriter].
public final class FrontendWriter {
  /// Version 3.0.
  private static final int PROTOCOL = 3 << 16;

  private static final int SSL_REQUEST = 1234 << 16 | 5679;
  private static final int CANCEL_REQUEST = 1234 << 16 | 5678;

  private final ByteWriter out;

  /// @param out where the messages go
  public FrontendWriter(ByteWriter out) {
    this.out = out;
  }

  /// Where the messages go; values are written there between [#beginBind] and [#endBind].
  public ByteWriter out() {
    return out;
  }

  // The beginning.

  /// SSLRequest: asks whether the server speaks TLS. It answers with one byte, `S` or `N`.
  public void sslRequest() {
    out.putInt(8).putInt(SSL_REQUEST);
  }

  /// CancelRequest: asks for the cancellation of what another connection is doing.
  public void cancelRequest(int process, Bytes key) {
    out.putInt(12 + key.length()).putInt(CANCEL_REQUEST).putInt(process).put(key);
  }

  /// StartupMessage.
  ///
  /// @param parameters `user` and `database`, and settings
  public void startup(Map<String, String> parameters) {
    int start = out.reserveInt();
    out.putInt(PROTOCOL);
    parameters.forEach((name, value) -> {
      putString(name);
      putString(value);
    });
    out.putByte(0);
    end(start);
  }

  /// PasswordMessage.
  public void password(String password) {
    int start = begin('p');
    putString(password);
    end(start);
  }

  /// SASLInitialResponse.
  public void saslInitialResponse(String mechanism, Bytes data) {
    int start = begin('p');
    putString(mechanism);
    out.putInt(data.length()).put(data);
    end(start);
  }

  /// SASLResponse.
  public void saslResponse(Bytes data) {
    int start = begin('p');
    out.put(data);
    end(start);
  }

  // Queries.

  /// Query: statements without parameters, divided by semicolons.
  public void query(String script) {
    int start = begin('Q');
    putString(script);
    end(start);
  }

  /// Parse: prepares a statement, and leaves it to the server what types its parameters have.
  public void parse(String statement, String sql) {
    int start = begin('P');
    putString(statement);
    putString(sql);
    out.putShort(0);
    end(start);
  }

  /// The beginning of Bind. The parameters' formats and values follow, and [#endBind].
  ///
  /// @return what to give to [#endBind]
  public int beginBind(String portal, String statement) {
    int start = begin('B');
    putString(portal);
    putString(statement);
    return start;
  }

  /// The end of Bind.
  ///
  /// @param start what [#beginBind] has returned
  /// @param resultFormats as the message has them: a count, and so many numbers
  public void endBind(int start, Bytes resultFormats) {
    out.put(resultFormats);
    end(start);
  }

  /// Describe: asks for the parameters and columns of a statement.
  public void describeStatement(String statement) {
    named('D', 'S', statement);
  }

  /// Describe: asks for the columns of a portal.
  public void describePortal(String portal) {
    named('D', 'P', portal);
  }

  /// Close: forgets a statement.
  public void closeStatement(String statement) {
    named('C', 'S', statement);
  }

  /// Close: ends a portal.
  public void closePortal(String portal) {
    named('C', 'P', portal);
  }

  private void named(char type, char kind, String name) {
    int start = begin(type);
    out.putByte(kind);
    putString(name);
    end(start);
  }

  /// Execute.
  ///
  /// @param rows how many at most; 0 for all
  public void execute(String portal, int rows) {
    int start = begin('E');
    putString(portal);
    out.putInt(rows);
    end(start);
  }

  /// Sync: ends what belongs together.
  public void sync() {
    end(begin('S'));
  }

  // Copying.

  /// CopyData.
  public void copyData(Bytes data) {
    out.putByte('d').putInt(4 + data.length()).put(data);
  }

  /// The beginning of CopyData, whose bytes follow, and [#endCopyData].
  ///
  /// @return what to give to [#endCopyData]
  public int beginCopyData() {
    return begin('d');
  }

  /// The end of CopyData.
  ///
  /// @param start what [#beginCopyData] has returned
  public void endCopyData(int start) {
    end(start);
  }

  /// CopyDone.
  public void copyDone() {
    end(begin('c'));
  }

  /// CopyFail.
  public void copyFail(String why) {
    int start = begin('f');
    putString(why);
    end(start);
  }

  /// Terminate.
  public void terminate() {
    end(begin('X'));
  }

  private int begin(char type) {
    out.putByte(type);
    return out.reserveInt();
  }

  private void end(int start) {
    out.patchInt(start, out.size() - start);
  }

  private void putString(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("PostgreSQL has no texts with the character U+0000");
    }
    out.putUtf8(text).putByte(0);
  }
}
