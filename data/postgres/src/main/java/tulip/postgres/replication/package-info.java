// SPDX-License-Identifier: Apache-2.0

/// Logical replication: what others change in a database, row by row, as it is committed.
///
/// [LogicalReplication] is the channel, [ReplicationEvent] what comes out of it.
package tulip.postgres.replication;
