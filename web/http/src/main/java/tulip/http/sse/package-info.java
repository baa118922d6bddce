// SPDX-License-Identifier: Apache-2.0

/// Server-sent events, for both ends and without I/O: [tulip.http.sse.SseEvent] is one,
/// [tulip.http.sse.SseParser] finds them in a stream.
package tulip.http.sse;
