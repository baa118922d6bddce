// SPDX-License-Identifier: Apache-2.0

/// Streams and servers over TCP, Unix sockets, TLS and memory; datagrams.
///
/// Reading order: [tulip.net.ByteStream] is what programs read and write, [tulip.net.Tcp] and
/// [tulip.net.Server] make them; [tulip.net.spi.Wire] is what stands below a stream.
package tulip.net;
