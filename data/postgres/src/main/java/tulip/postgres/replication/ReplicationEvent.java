// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.replication;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.postgres.types.Lsn;
import tulip.sql.Row;

/// What comes out of a [LogicalReplication]. Transactions come in the order of their commits, each
/// from its [Begin] to its [Commit], with nothing of others between.
///
/// The values of rows are of the classes that queries have. What the type has no binary format for
/// here is [Bytes] as the server's send function has made them; a large value that was not changed
/// is [#UNCHANGED].
public sealed interface ReplicationEvent {
  /// Stands in a row for a value that was not changed, and is stored apart for its size: the server
  /// does not send it.
  Object UNCHANGED =
      new Object() {
        @Override
        public String toString() {
          return "unchanged";
        }
      };

  /// A transaction.
  ///
  /// @param transaction its number
  /// @param position where its commit stands in the log
  /// @param time of its commit
  record Begin(long transaction, Lsn position, Instant time) implements ReplicationEvent {}

  /// The end of a transaction.
  ///
  /// @param position where it stands in the log
  /// @param end where the transaction ends: what to give to [LogicalReplication#acknowledge]
  /// @param time of it
  record Commit(Lsn position, Lsn end, Instant time) implements ReplicationEvent {}

  /// A new row.
  record Insert(Relation relation, Row row) implements ReplicationEvent {}

  /// A changed row.
  ///
  /// @param before the row before: all of it if the table has `replica identity full`, else only
  ///   its key, and that only if it was changed; `null` if it was not sent
  /// @param row the row now
  record Update(Relation relation, @Nullable Row before, Row row) implements ReplicationEvent {}

  /// A row that is no more.
  ///
  /// @param before its key, or all of it if the table has `replica identity full`; other values are
  ///   `null`
  record Delete(Relation relation, Row before) implements ReplicationEvent {}

  /// Tables that were emptied.
  ///
  /// @param cascade whether `CASCADE` was said
  /// @param restartIdentity whether `RESTART IDENTITY` was said
  record Truncate(List<Relation> relations, boolean cascade, boolean restartIdentity)
      implements ReplicationEvent {
    /// Copies the list.
    public Truncate {
      relations = List.copyOf(relations);
    }
  }

  /// What a program has written into the log by `pg_logical_emit_message`.
  ///
  /// @param transactional whether it belongs to the transaction around it
  /// @param position where it stands in the log
  /// @param prefix by which programs know theirs
  record Message(boolean transactional, Lsn position, String prefix, Bytes content)
      implements ReplicationEvent {}

  /// The connection was lost, and there is another one now. What was not acknowledged comes once
  /// more, each transaction from its beginning: forget the one that was being received.
  ///
  /// @param acknowledged what was: transactions that end behind it follow
  record Restart(Lsn acknowledged) implements ReplicationEvent {}
}
