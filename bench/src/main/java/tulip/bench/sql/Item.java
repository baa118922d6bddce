// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import java.util.Iterator;
import java.util.function.IntFunction;

/// A row of the tables that are filled and read as a whole.
///
/// @param id from 0
/// @param name of it
/// @param price of it
record Item(int id, String name, double price) {
  static final String TABLE = "item";
  static final String QUERY = "select id, name, price from " + TABLE;

  static Item of(int id) {
    return new Item(id, "item number " + id, id * 0.25);
  }

  /// So many of them, as they are wanted, in some form.
  static <T> Iterable<T> all(int count, IntFunction<T> form) {
    return () ->
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < count;
          }

          @Override
          public T next() {
            return form.apply(next++);
          }
        };
  }

  /// What the sum of the ids of so many must be.
  static void checkSum(long sum, int count) {
    if (sum != (long) count * (count - 1) / 2) {
      throw new AssertionError("a sum of " + sum + " from " + count + " rows");
    }
  }
}
