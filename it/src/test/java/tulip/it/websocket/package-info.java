// SPDX-License-Identifier: Apache-2.0

/// `tulip.websocket` with peers that nobody here wrote: Autobahn's suite, and what Python and Node
/// have.
@NullMarked
package tulip.it.websocket;

import org.jspecify.annotations.NullMarked;
