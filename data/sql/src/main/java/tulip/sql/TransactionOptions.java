// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

/// What kind of transaction to begin.
///
/// @param isolation how much it sees of the others
/// @param readOnly the database refuses all changes
/// @param deferrable a read-only, serializable transaction may wait at its beginning until it can
///   neither fail nor disturb others
public record TransactionOptions(Isolation isolation, boolean readOnly, boolean deferrable) {
  /// What the database is set to.
  public static final TransactionOptions DEFAULT =
      new TransactionOptions(Isolation.DEFAULT, false, false);

  /// The same with another isolation.
  public TransactionOptions withIsolation(Isolation isolation) {
    return new TransactionOptions(isolation, readOnly, deferrable);
  }

  /// The same, only reading or not.
  public TransactionOptions withReadOnly(boolean readOnly) {
    return new TransactionOptions(isolation, readOnly, deferrable);
  }

  /// The same, deferrable or not.
  public TransactionOptions withDeferrable(boolean deferrable) {
    return new TransactionOptions(isolation, readOnly, deferrable);
  }
}
