// SPDX-License-Identifier: Apache-2.0
package tulip.net;

/// What ends a line, for a reader.
public enum LineEnding {
  /// LF, and CR LF too: for people and old protocols. A CR elsewhere belongs to the line.
  LF_OR_CRLF,

  /// LF alone: a CR before it belongs to the line.
  LF,

  /// CR LF alone; a bare CR or a bare LF is an error. For protocols in which two parties that
  /// disagree about a line's end can be tricked: SMTP, HTTP.
  CRLF
}
