// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

/// The spare arrays of one loop, lent to its [ByteQueue]s while they hold bytes.
///
/// A fresh array for each read costs more than the read: memory must be cleared and the cache is
/// cold. A pool of a few arrays, handed round among the loop's queues, stays warm, and an idle
/// connection holds none. All arrays have one size; queues that need more allocate for themselves.
///
/// An array comes back with its old content. That stays inside, since a queue only shows what was
/// put into it; but a buffer got from [ByteQueue#writable] or [ByteQueue#view] and used after the
/// queue's next call would reach into another connection's bytes.
///
/// Not thread-safe: a pool belongs to one loop, like its queues.
public final class BufferPool {
  /// Lends nothing: queues made without a pool allocate.
  static final BufferPool NONE = new BufferPool();

  private final int arraySize;
  private final byte[][] spare;
  private int count;

  /// Makes an empty pool; arrays are allocated when first needed.
  ///
  /// @param arraySize the size of each array in bytes, at least 1; 16 to 64 KiB suits sockets
  /// @param maxSpare how many unused arrays to keep, at least 1; the rest is left to the collector
  public BufferPool(int arraySize, int maxSpare) {
    if (arraySize < 1 || arraySize > Storage.MAX_ARRAY) {
      throw new IllegalArgumentException("array size " + arraySize);
    }
    if (maxSpare < 1) {
      throw new IllegalArgumentException("at most " + maxSpare + " spare arrays");
    }
    this.arraySize = arraySize;
    this.spare = new byte[maxSpare][];
  }

  private BufferPool() {
    arraySize = 0;
    spare = new byte[0][];
  }

  /// {@return the size of the arrays in bytes}
  public int arraySize() {
    return arraySize;
  }

  /// {@return how many arrays lie here unused}
  public int spare() {
    return count;
  }

  /// Gives an array to a queue: a pooled one if that is big enough and there is one, else a new one
  /// of this size.
  byte[] take(int size) {
    if (size > arraySize || count == 0) {
      return new byte[size];
    }
    byte[] array = spare[--count];
    spare[count] = Storage.EMPTY; // no second reference to an array that is in use
    return array;
  }

  /// Takes an array back that nobody else refers to; one of another size is dropped.
  void give(byte[] array) {
    if (array.length == arraySize && count < spare.length) {
      spare[count++] = array;
    }
  }
}
