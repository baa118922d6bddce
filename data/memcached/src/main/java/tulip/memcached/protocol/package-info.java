// SPDX-License-Identifier: Apache-2.0

/// memcached's wire format: the meta commands, and the classic ones for what those lack. No I/O.
///
/// Reading order: [tulip.memcached.protocol.RequestEncoder] puts commands into bytes,
/// [tulip.memcached.protocol.ReplyDecoder] makes a [tulip.memcached.protocol.Reply] of what comes
/// back; [tulip.memcached.protocol.Ketama] says which of several servers has a key. The format is
/// that of `doc/protocol.txt` of memcached 1.6.
package tulip.memcached.protocol;
