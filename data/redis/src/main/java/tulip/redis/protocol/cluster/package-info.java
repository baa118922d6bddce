// SPDX-License-Identifier: Apache-2.0

/// What a client knows of a cluster, without I/O: which slot a key has, which node serves a slot,
/// where the keys of a command stand, and what a node says that does not serve them.
package tulip.redis.protocol.cluster;
