// SPDX-License-Identifier: Apache-2.0

/// RESP, the protocol of Redis, in both its versions: bytes in, replies out, and no I/O.
///
/// | | |
/// |---|---|
/// | [CommandEncoder] | commands into bytes |
/// | [RespDecoder] | bytes into replies, however they are cut |
/// | [Reply] | what a server says, of every type of RESP2 and RESP3 |
/// | [RespLimits] | what a peer may make the decoder keep |
package tulip.redis.protocol;
