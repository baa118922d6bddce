// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.ResponseHead;

/// What became of one request, for an [AccessLog].
///
/// @param client where it came from, as [Request#remoteAddress] says; null if that is not known
/// @param start when its head had come
/// @param duration from then until the answer was handed to the system, or the request was over
///   without one
/// @param request its head, or null if it was refused for not being a request
/// @param response what was answered, without the fields that the server adds; null if nothing was,
///   since the client had gone or the server came to its end
/// @param bytes how many bytes of the answer's body were sent
public record AccessEntry(
    @Nullable SocketAddress client,
    Instant start,
    Duration duration,
    @Nullable RequestHead request,
    @Nullable ResponseHead response,
    long bytes) {}
