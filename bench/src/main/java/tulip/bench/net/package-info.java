// SPDX-License-Identifier: Apache-2.0

/// Connections: small messages, streams, TLS, idle ones and short ones, beside C, Netty, uvloop and
/// Go.
package tulip.bench.net;
