// SPDX-License-Identifier: Apache-2.0

/// HTTP/1.1 (RFC 9110 and 9112) as computation: bytes in, events out; no I/O, clock or thread.
///
/// Reading order: [tulip.http.protocol.HttpConnection] is the conversation, whose ends are
/// [tulip.http.protocol.ServerConnection] and [tulip.http.protocol.ClientConnection];
/// [tulip.http.protocol.HttpEvent] what they receive; [tulip.http.protocol.RequestHead],
/// [tulip.http.protocol.ResponseHead] and [tulip.http.protocol.Headers] what is said.
///
/// Inside: `LineBlock` waits for a whole head, `HeadParser` reads it, `ConnectionFields` finds out
/// where the message ends, a `BodyReader` goes there. `HeadWriter` and `BodyWriter` are the way
/// back. One parser serves both roles, and refuses what two readers could read in two ways.
package tulip.http.protocol;
