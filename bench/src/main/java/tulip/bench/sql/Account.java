// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

/// A row of the table that is read.
///
/// @param id from 1 to [#COUNT]
/// @param owner of it
/// @param balance in cents
record Account(int id, String owner, long balance) {
  /// How many there are.
  static final int COUNT = 10_000;

  /// A step through the keys that meets all of them, in no order.
  private static final int STEP = 7919;

  private static final String COLUMNS = "select id, owner, balance from account where id = ";

  /// One of them by its key, with the placeholder of most drivers.
  static final String QUERY = COLUMNS + "$1";

  /// With JDBC's.
  static final String JDBC_QUERY = COLUMNS + "?";

  /// The key of a query.
  static int key(int number) {
    return 1 + (int) ((long) number * STEP % COUNT);
  }

  /// A client that gets something else has not been measured.
  void check(int key) {
    if (id != key || balance != 100L * key || !owner.equals("owner " + key)) {
      throw new AssertionError(this + " for the key " + key);
    }
  }
}
