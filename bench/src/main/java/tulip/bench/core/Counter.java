// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

/// The least that a callback can do and be seen to have been made.
final class Counter implements Runnable {
  int calls;

  @Override
  public void run() {
    calls++;
  }
}
