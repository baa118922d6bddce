// SPDX-License-Identifier: Apache-2.0

/// `tulip.http` and `tulip.websocket` with a browser, which is driven over its DevTools protocol by
/// our own client and our own WebSocket.
@NullMarked
package tulip.it.browser;

import org.jspecify.annotations.NullMarked;
