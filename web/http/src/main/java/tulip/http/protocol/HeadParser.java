// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tulip.bytes.Ascii;

/// Reads one complete block of lines, in one pass from its first byte to its last.
///
/// The block belongs to the parser and then to the [Headers] that come of it. It ends with an empty
/// line, and so every scan for something else than a line end stops inside of it.
final class HeadParser {
  private static final int VERSION_LENGTH = 8;

  private final byte[] block;
  private final HttpLimits limits;
  private final boolean lenient;
  private int at;

  HeadParser(byte[] block, HttpLimits limits, boolean lenient) {
    this.block = block;
    this.limits = limits;
    this.lenient = lenient;
  }

  /// Reads `method SP target SP version` (RFC 9112, section 3) and the fields.
  RequestHead request(int lines) throws ProtocolException {
    int methodEnd = skipToken();
    check(methodEnd > 0 && block[at] == ' ', "the request does not begin with a method");
    var method = Method.of(block, 0, methodEnd);
    int targetStart = ++at;
    while (isGraphic(block[at])) {
      at++;
    }
    var text = latin1(targetStart, at);
    check(block[at] == ' ', "the request's target is not followed by a blank and a version");
    at++;
    var version = version();
    endLine();
    checkStartLine();
    return new RequestHead(method, target(method, text), version, fields(lines - 1));
  }

  /// Reads `version SP code SP phrase` (RFC 9112, section 4) and the fields.
  ResponseHead response(int lines) throws ProtocolException {
    var version = version();
    check(block[at] == ' ', "the version is not followed by a blank");
    int codeStart = ++at;
    while (Ascii.isDigit(block[at])) {
      at++;
    }
    check(at == codeStart + 3, "the status code has not three digits");
    int code = Integer.parseInt(latin1(codeStart, at));
    check(code >= 100 && code <= 599, "the status code is not 100 to 599");
    var phrase = phrase();
    endLine();
    checkStartLine();
    var known = Status.of(code);
    var status = known.phrase().equals(phrase) ? known : new Status(code, phrase);
    return new ResponseHead(version, status, fields(lines - 1));
  }

  /// Reads fields alone.
  Headers fields(int lines) throws ProtocolException {
    if (lines == 0) {
      return Headers.EMPTY;
    }
    if (lines > limits.fields()) {
      throw new MessageLimitException(
          Status.REQUEST_HEADER_FIELDS_TOO_LARGE, "the number of fields", limits.fields());
    }
    var names = new HeaderName[lines];
    int[] spans = new int[2 * lines];
    int count = 0;
    while (!atEmptyLine()) {
      int lineStart = at;
      names[count] = name();
      at++; // the colon
      skipBlanks();
      spans[2 * count] = at;
      spans[2 * count + 1] = endOfValue();
      count++;
      checkFieldLine(lineStart);
    }
    return count == lines
        ? new Headers(names, block, spans)
        : new Headers(Arrays.copyOf(names, count), block, spans); // folded lines made it fewer
  }

  // ---- the first line ----

  private static boolean isGraphic(byte b) {
    return b > ' ' && b < 0x7F;
  }

  private RequestTarget target(Method method, String text) throws MessageFormatException {
    try {
      return TargetSyntax.parse(method, text);
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private Version version() throws MessageFormatException {
    int from = at;
    check(
        from + VERSION_LENGTH < block.length && standsHttp(from),
        "no HTTP version where it is due");
    int major = block[from + 5] - '0';
    int minor = block[from + 7] - '0';
    if (major != 1) {
      throw new MessageFormatException(
          Status.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }
    at = from + VERSION_LENGTH;
    // Whoever speaks a later 1.x understands 1.1 (RFC 9110, section 2.5).
    return minor == 0 ? Version.HTTP_1_0 : Version.HTTP_1_1;
  }

  private boolean standsHttp(int from) {
    return block[from] == 'H'
        && block[from + 1] == 'T'
        && block[from + 2] == 'T'
        && block[from + 3] == 'P'
        && block[from + 4] == '/'
        && Ascii.isDigit(block[from + 5])
        && block[from + 6] == '.'
        && Ascii.isDigit(block[from + 7]);
  }

  /// The phrase after the code. The blank ahead of it is missing where the phrase is (RFC 9112
  /// wants it even then, but servers forget it).
  private String phrase() {
    if (block[at] != ' ') {
      return "";
    }
    int from = ++at;
    skipText();
    return latin1(from, at);
  }

  private void checkStartLine() throws MessageLimitException {
    if (at - 2 > limits.startLine()) {
      throw new MessageLimitException(Status.URI_TOO_LONG, "the first line", limits.startLine());
    }
  }

  // ---- a field ----

  private boolean atEmptyLine() {
    return block[at] == '\n' || (block[at] == '\r' && at + 2 == block.length);
  }

  private HeaderName name() throws MessageFormatException {
    int from = at;
    int to = from;
    int hash = 0;
    byte b = block[to];
    while (Ascii.isToken(b)) {
      hash = HeaderName.hash(hash, b);
      b = block[++to];
    }
    at = to;
    if (b != ':' || at == from) {
      throw badName(from, b);
    }
    return HeaderName.of(block, from, at, hash);
  }

  private MessageFormatException badName(int from, byte b) {
    if (at == from && FieldText.isBlank(b)) {
      return malformed("a header line begins with a blank: obsolete folding is not read");
    }
    if (FieldText.isBlank(b)) {
      return malformed("blank between a header's name and its colon");
    }
    if (b == '\r' || b == '\n') {
      return malformed("a header line without a colon");
    }
    return malformed(at == from && b == ':' ? "a header without a name" : badCharacter(b));
  }

  private static String badCharacter(byte b) {
    return "byte 0x%02x in the name of a header".formatted(b);
  }

  /// Where the value ends, blanks after it left out; goes on to the next field.
  private int endOfValue() throws MessageFormatException {
    int from = at;
    skipText();
    int end = at;
    endLine();
    while (lenient && FieldText.isBlank(block[at])) {
      Arrays.fill(block, end, at, (byte) ' '); // a folded line: its break counts as blanks
      skipText();
      end = at;
      endLine();
    }
    while (end > from && FieldText.isBlank(block[end - 1])) {
      end--;
    }
    return end;
  }

  private void checkFieldLine(int lineStart) throws MessageLimitException {
    if (at - 2 - lineStart > limits.fieldLine()) {
      throw new MessageLimitException(
          Status.REQUEST_HEADER_FIELDS_TOO_LARGE, "a header line", limits.fieldLine());
    }
  }

  // ---- scans ----

  private int skipToken() {
    while (Ascii.isToken(block[at])) {
      at++;
    }
    return at;
  }

  private void skipBlanks() {
    while (FieldText.isBlank(block[at])) {
      at++;
    }
  }

  private void skipText() {
    at = Ascii.skipPrintable(block, at, block.length);
    while (block[at] == '\t') {
      at = Ascii.skipPrintable(block, at + 1, block.length);
    }
  }

  private void endLine() throws MessageFormatException {
    if (block[at] == '\r' && block[at + 1] == '\n') {
      at += 2;
    } else if (lenient && block[at] == '\n') {
      at++;
    } else {
      throw malformed("control character 0x%02x inside of a line".formatted(block[at]));
    }
  }

  private String latin1(int from, int to) {
    return new String(block, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static void check(boolean good, String problem) throws MessageFormatException {
    if (!good) {
      throw malformed(problem);
    }
  }

  private static MessageFormatException malformed(String problem) {
    return new MessageFormatException(Status.BAD_REQUEST, problem);
  }
}
