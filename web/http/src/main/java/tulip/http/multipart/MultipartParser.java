// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.multipart.MultipartEvent.Signal;

/// Takes a body of several parts apart, without I/O: bytes in, events out.
///
/// The driver adds to a queue what arrives; [#receive] takes as much out as makes the next event,
/// and says [Signal#NEED_DATA] when that is not there yet. Parts are separated by a line with two
/// dashes and the boundary, the last one ends with two more dashes; what stands ahead of the first
/// and behind the last part is passed over, within limits.
public final class MultipartParser {
  private enum State {
    /// At the very beginning, where a boundary needs no line end ahead.
    BEGIN,
    PREAMBLE,
    /// Behind a boundary.
    BOUNDARY,
    HEAD,
    CONTENT,
    EPILOGUE
  }

  private static final int PADDING = 64;

  private final Bytes dashed;
  private final Bytes delimiter;
  private final MultipartLimits limits;
  private State state = State.BEGIN;
  private boolean ended;
  private boolean fresh;
  private int parts;
  private int passed;

  /// @param boundary as Content-Type names it
  /// @throws IllegalArgumentException if it is none (RFC 2046, section 5.1.1)
  public MultipartParser(String boundary, MultipartLimits limits) {
    this.limits = limits;
    dashed = Bytes.ofAscii("--" + Boundaries.check(boundary));
    delimiter = Bytes.concat(PartHeads.LINE_END, dashed);
  }

  /// Tells that no more will come.
  public void inputEnded() {
    ended = true;
  }

  /// Takes the next event out of what has arrived.
  ///
  /// @param input always the same queue
  /// @throws MalformedException if it is no such body, ends early, or is above a limit
  public MultipartEvent receive(ByteQueue input) throws MalformedException {
    MultipartEvent event;
    do {
      event = step(input);
    } while (event == null);
    if (event == Signal.NEED_DATA && ended) {
      throw new MalformedException("the body ends in the middle of its parts");
    }
    return event;
  }

  private @Nullable MultipartEvent step(ByteQueue input) throws MalformedException {
    return switch (state) {
      case BEGIN -> begin(input);
      case PREAMBLE -> passPreamble(input);
      case BOUNDARY -> boundary(input);
      case HEAD -> head(input);
      case CONTENT -> content(input);
      case EPILOGUE -> passEpilogue(input);
    };
  }

  private @Nullable MultipartEvent begin(ByteQueue input) {
    for (int i = 0; i < dashed.length(); i++) {
      if (!input.has(i + 1)) {
        return Signal.NEED_DATA;
      }
      if (input.peekByte(i) != dashed.byteAt(i)) {
        state = State.PREAMBLE;
        return null;
      }
    }
    input.skip(dashed.length());
    state = State.BOUNDARY;
    return null;
  }

  private @Nullable MultipartEvent passPreamble(ByteQueue input) throws MalformedException {
    int at = input.indexOf(delimiter, 0);
    int skipped = at >= 0 ? at : Math.max(0, input.size() - delimiter.length() + 1);
    input.skip(skipped);
    passed += skipped;
    if (passed > limits.preamble()) {
      throw new MalformedException("no boundary within the first " + limits.preamble() + " bytes");
    }
    if (at < 0) {
      return Signal.NEED_DATA;
    }
    input.skip(delimiter.length());
    state = State.BOUNDARY;
    return null;
  }

  /// Behind a boundary stand two dashes, or blanks and a line end.
  private @Nullable MultipartEvent boundary(ByteQueue input) throws MalformedException {
    if (!input.has(2)) {
      return Signal.NEED_DATA;
    }
    if (input.peekByte(0) == '-' && input.peekByte(1) == '-') {
      input.skip(2);
      state = State.EPILOGUE;
      return null;
    }
    int blanks = 0;
    while (input.has(blanks + 1)
        && (input.peekByte(blanks) == ' ' || input.peekByte(blanks) == '\t')) {
      blanks++;
    }
    if (blanks > PADDING) {
      throw new MalformedException("a boundary with too many blanks behind it");
    }
    if (!input.has(blanks + 2)) {
      return Signal.NEED_DATA;
    }
    if (input.peekByte(blanks) != '\r' || input.peekByte(blanks + 1) != '\n') {
      throw new MalformedException("a boundary within a line");
    }
    if (++parts > limits.parts()) {
      throw new MalformedException("more than " + limits.parts() + " parts");
    }
    input.skip(blanks); // the line end may be the one ahead of an empty line
    state = State.HEAD;
    return null;
  }

  private MultipartEvent head(ByteQueue input) throws MalformedException {
    int end = input.indexOf(PartHeads.HEAD_END, 0);
    if (end < 0 ? input.size() > limits.head() : end > limits.head()) {
      throw new MalformedException("the head of a part is above " + limits.head() + " bytes");
    }
    if (end < 0) {
      return Signal.NEED_DATA;
    }
    var lines = input.take(end);
    input.skip(PartHeads.LINE_END.length()); // the other one may be a boundary's
    state = State.CONTENT;
    fresh = true;
    return new MultipartEvent.Head(PartHeads.parse(lines, limits.fields()));
  }

  /// A part without content may have one line end less ahead of the next boundary: that which was
  /// left here.
  private @Nullable MultipartEvent content(ByteQueue input) {
    if (fresh) {
      int matching = matching(input);
      if (matching == input.size() && matching < delimiter.length()) {
        return Signal.NEED_DATA;
      }
      fresh = false;
      if (matching < delimiter.length()) {
        input.skip(PartHeads.LINE_END.length());
        return null;
      }
    }
    int at = input.indexOf(delimiter, 0);
    if (at == 0) {
      input.skip(delimiter.length());
      state = State.BOUNDARY;
      return Signal.PART_END;
    }
    int length = at > 0 ? at : input.size() - delimiter.length() + 1;
    return length > 0 ? new MultipartEvent.Data(input.take(length)) : Signal.NEED_DATA;
  }

  /// How many bytes are as those of a delimiter.
  private int matching(ByteQueue input) {
    int n = 0;
    while (n < delimiter.length() && input.has(n + 1) && input.peekByte(n) == delimiter.byteAt(n)) {
      n++;
    }
    return n;
  }

  private MultipartEvent passEpilogue(ByteQueue input) throws MalformedException {
    passed += input.size();
    input.clear();
    if (passed > limits.preamble()) {
      throw new MalformedException("more than " + limits.preamble() + " bytes around the parts");
    }
    return ended ? Signal.END : Signal.NEED_DATA;
  }
}
