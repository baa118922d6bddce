// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.memcached.protocol.Reply;
import tulip.memcached.protocol.ReplyDecoder;
import tulip.net.ByteStream;

/// The first exchange of a connection to a server with passwords: a `set` of any key, with user and
/// password as its value.
record Login(Credentials credentials) {
  void run(ByteStream stream) throws IOException {
    var secret = Bytes.ofUtf8(credentials.user() + " " + credentials.password());
    stream.write(Bytes.concat(Bytes.ofAscii("set login 0 0 " + secret.length() + "\r\n"), secret));
    stream.write("\r\n");
    if (!(reply(stream) instanceof Reply.Line line && line.word().equals("STORED"))) {
      throw new IOException("the server refused user " + credentials.user());
    }
  }

  private static Reply reply(ByteStream stream) throws IOException {
    var decoder = new ReplyDecoder(1);
    try {
      @Nullable Reply reply;
      while ((reply = decoder.decode(stream.input())) == null) {
        if (!stream.fill()) {
          throw new EOFException("the server has closed the connection during login");
        }
      }
      return reply;
    } catch (MalformedException e) {
      throw (IOException) new ProtocolException(e.getMessage()).initCause(e);
    }
  }
}
