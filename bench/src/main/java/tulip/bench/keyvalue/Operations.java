// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import tulip.core.Action;

/// What a client does while it is measured.
interface Operations {
  /// How many tasks, threads or futures ask at the same time, and how many commands there are in a
  /// pipeline.
  int WIDTH = 100;

  String KEY = "key";
  String VALUE = "0123456789abcdef";

  /// Reads a value so often, a hundred at a time, each by straight-line code if there is such.
  void gets(int count) throws Exception;

  /// Reads it so often, a hundred in one explicit batch.
  void batches(int count) throws Exception;

  /// Has so many reads wait for a server that does not answer for some seconds, and looks.
  default void held(int count, Action<Exception> look) throws Exception {
    throw new UnsupportedOperationException();
  }
}
