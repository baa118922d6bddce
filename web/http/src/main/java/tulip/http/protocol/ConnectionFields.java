// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;

/// The fields of a head that say where its message ends and what becomes of the connection, read in
/// one pass.
///
/// Two readers that disagree about where a message ends see different messages after it, which is
/// how requests are smuggled past a proxy (RFC 9112, section 11.2). So what could be read in two
/// ways is not read at all, even where the RFC would allow to pick one.
final class ConnectionFields {
  /// No length is given.
  static final long NO_LENGTH = -1;

  private static final int MAX_DIGITS = 18; // of a length; more might overflow

  /// How the body is coded for the transfer.
  enum Coding {
    /// As it is.
    NONE,
    /// In chunks.
    CHUNKED,
    /// In chunks, with another coding inside of them that is not understood here.
    OTHER_INSIDE_CHUNKS
  }

  private long length = NO_LENGTH;
  private Coding coding = Coding.NONE;
  private int hosts;
  private @Nullable String host;
  private @Nullable String expectation;
  private boolean close;
  private boolean keepAlive;
  private boolean connectionUpgrade;
  private boolean upgrade;

  /// Reads the fields.
  ///
  /// @throws MalformedException if the end of the message is not certain
  static ConnectionFields of(Headers headers) throws MalformedException {
    var fields = new ConnectionFields();
    for (int i = 0; i < headers.size(); i++) {
      fields.read(headers, i);
    }
    if (fields.coding != Coding.NONE && fields.length != NO_LENGTH) {
      throw new MalformedException("both Content-Length and Transfer-Encoding");
    }
    return fields;
  }

  private void read(Headers headers, int i) throws MalformedException {
    var name = headers.name(i);
    if (name.equals(HeaderName.HOST)) {
      hosts++;
      host = headers.value(i);
    } else if (name.equals(HeaderName.CONTENT_LENGTH)) {
      readLength(headers.value(i));
    } else if (name.equals(HeaderName.TRANSFER_ENCODING)) {
      readCoding(headers.value(i));
    } else if (name.equals(HeaderName.CONNECTION)) {
      readConnection(headers.value(i));
    } else if (name.equals(HeaderName.UPGRADE)) {
      upgrade = true;
    } else if (name.equals(HeaderName.EXPECT)) {
      expectation = expectation == null ? headers.value(i) : expectation + "," + headers.value(i);
    }
  }

  /// Equal lengths are refused too when they come twice: whoever sends two has not looked at one.
  private void readLength(String digits) throws MalformedException {
    if (length != NO_LENGTH) {
      throw new MalformedException("two Content-Lengths");
    }
    if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
      throw noLength(digits);
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw noLength(digits);
      }
      value = 10 * value + digit;
    }
    length = value;
  }

  private static MalformedException noLength(String value) {
    return new MalformedException("not a Content-Length: " + Shown.quote(value));
  }

  private void readCoding(String value) throws MalformedException {
    List<String> codings = new ArrayList<>();
    ListSyntax.split(value, ',', codings);
    for (var each : codings) {
      if (coding != Coding.NONE) {
        throw new MalformedException("a Transfer-Encoding after chunked");
      }
      if (each.equalsIgnoreCase("chunked")) {
        coding = codings.size() == 1 ? Coding.CHUNKED : Coding.OTHER_INSIDE_CHUNKS;
      }
    }
    if (coding == Coding.NONE) {
      throw new MalformedException("a Transfer-Encoding that does not end in chunked");
    }
  }

  private void readConnection(String value) {
    if (value.equalsIgnoreCase("keep-alive")) {
      keepAlive = true;
      return;
    }
    List<String> options = new ArrayList<>();
    ListSyntax.split(value, ',', options);
    for (var option : options) {
      close |= option.equalsIgnoreCase("close");
      keepAlive |= option.equalsIgnoreCase("keep-alive");
      connectionUpgrade |= option.equalsIgnoreCase("upgrade");
    }
  }

  /// The Content-Length, or [#NO_LENGTH].
  long length() {
    return length;
  }

  Coding coding() {
    return coding;
  }

  /// How many Host fields there are.
  int hosts() {
    return hosts;
  }

  /// The last Host.
  @Nullable String host() {
    return host;
  }

  /// The value of Expect.
  @Nullable String expectation() {
    return expectation;
  }

  boolean isClose() {
    return close;
  }

  boolean isKeepAlive() {
    return keepAlive;
  }

  /// Whether another protocol is named, and Connection says that this is meant for the next hop.
  boolean isUpgrade() {
    return upgrade && connectionUpgrade;
  }

  /// Whether the connection goes on after the message (RFC 9112, section 9.3).
  boolean isPersistent(Version version) {
    return !close && (version == Version.HTTP_1_1 || keepAlive);
  }
}
