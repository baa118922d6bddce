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

  /// What is kept of rows that were read: a number to which each value adds.
  double weight() {
    return id + name.charAt(0) + price;
  }

  /// Whoever has read something else has not been measured.
  ///
  /// @param weight of so many rows
  static void checkWeight(double weight, int count) {
    double right = 1.25 * count * (count - 1) / 2 + (double) count * 'i';
    if (weight != right) {
      throw new AssertionError(count + " rows that weigh " + weight + " and not " + right);
    }
  }
}
