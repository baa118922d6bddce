// SPDX-License-Identifier: Apache-2.0

/// Transports and protocols: asyncio's callback-shaped face of the network.
package tulip.transports;
