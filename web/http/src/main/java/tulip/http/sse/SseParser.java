// SPDX-License-Identifier: Apache-2.0
package tulip.http.sse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Finds events in a stream, without I/O: bytes in, events out.
///
/// It remembers the last id, with which a client that has lost its connection asks for what
/// follows. An event that is cut off by the end of the stream is none.
public final class SseParser {
  private static final Bytes MARK = Bytes.ofHex("efbbbf");

  private final int limit;
  private final StringBuilder data = new StringBuilder();
  private String type = "";
  private String id = "";
  private @Nullable Duration retry;
  private @Nullable Duration eventRetry;
  private boolean begun;
  private boolean afterReturn;
  private int searched;

  /// @param limit how long a line, and the data of an event, may be, in bytes
  public SseParser(int limit) {
    this.limit = limit;
  }

  /// Takes the next event out of what has arrived.
  ///
  /// @param input always the same queue
  /// @return null if it is not there yet
  /// @throws MalformedException if it is above the limit
  public @Nullable SseEvent receive(ByteQueue input) throws MalformedException {
    if (!begun && !passMark(input)) {
      return null;
    }
    for (var line = line(input); line != null; line = line(input)) {
      var event = line.isEmpty() ? dispatch() : field(line);
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  /// The id to be sent as `Last-Event-ID`; empty for none.
  public String lastId() {
    return id;
  }

  /// How long to wait before connecting again, if the server has ever said so.
  public @Nullable Duration retry() {
    return retry;
  }

  /// Begins with another stream, and keeps the last id and the time to wait.
  public void reset() {
    data.setLength(0);
    type = "";
    eventRetry = null;
    begun = false;
    afterReturn = false;
    searched = 0;
  }

  /// Passes over a mark of the byte order.
  ///
  /// @return whether it can be told if there is one
  private boolean passMark(ByteQueue input) {
    for (int i = 0; i < MARK.length(); i++) {
      if (!input.has(i + 1)) {
        return false;
      }
      if (input.peekByte(i) != MARK.byteAt(i)) {
        begun = true;
        return true;
      }
    }
    input.skip(MARK.length());
    begun = true;
    return true;
  }

  /// A line that ends with LF, CR or both.
  private @Nullable String line(ByteQueue input) throws MalformedException {
    if (afterReturn && !input.isEmpty()) {
      if (input.peekByte(0) == '\n') {
        input.skip(1);
      }
      afterReturn = false;
    }
    int size = input.size();
    while (searched < size
        && input.peekByte(searched) != '\n'
        && input.peekByte(searched) != '\r') {
      searched++;
    }
    if (searched > limit) {
      throw new MalformedException("a line of an event stream above " + limit + " bytes");
    }
    if (searched == size) {
      return null;
    }
    var line = input.take(searched).utf8();
    afterReturn = input.takeByte() == '\r';
    searched = 0;
    return line;
  }

  private @Nullable SseEvent field(String line) throws MalformedException {
    int colon = line.indexOf(':');
    var name = colon < 0 ? line : line.substring(0, colon);
    var rest = colon < 0 ? "" : line.substring(colon + 1);
    var value = rest.startsWith(" ") ? rest.substring(1) : rest;
    switch (name) {
      case "data" -> addData(value);
      case "event" -> type = value;
      case "id" -> id = value.indexOf('\0') < 0 ? value : id;
      case "retry" -> readRetry(value);
      default -> {} // a comment, or something new
    }
    return null;
  }

  private void addData(String line) throws MalformedException {
    if (data.length() + line.length() > limit) {
      throw new MalformedException("an event above " + limit + " characters");
    }
    data.append(line).append('\n');
  }

  private void readRetry(String digits) {
    if (digits.matches("[0-9]{1,9}")) {
      retry = Duration.ofMillis(Long.parseLong(digits));
      eventRetry = retry;
    }
  }

  /// An empty line ends an event; without data it is none.
  private @Nullable SseEvent dispatch() {
    var said = type.isEmpty() ? "message" : type;
    type = "";
    if (data.isEmpty()) {
      return null;
    }
    var event = new SseEvent(said, data.substring(0, data.length() - 1), id, eventRetry);
    data.setLength(0);
    eventRetry = null;
    return event;
  }
}
