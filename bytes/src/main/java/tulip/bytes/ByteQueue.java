// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A queue of bytes: received bytes gather at its tail, a decoder consumes them from its head.
///
/// **Decoders** look before they take. [#has] answers whether enough has arrived, [#indexOf] where
/// a line ends; while the answer is no, the decoder returns "need more" and has changed nothing.
/// Offsets count from the head, so they stay right while bytes are added, and move by `n` when `n`
/// bytes are taken. Taking or looking at more than is there is a bug in the decoder and gives an
/// [IndexOutOfBoundsException] that changes nothing.
///
/// **Drivers** fill with [#put(ByteBuffer)] or with [#writable] and [#commit], never beyond
/// [#room]; and write to a channel with [#view] and [#skip]. For a gathering write join the view
/// with [Bytes#asByteBuffer]. Adding beyond the limit gives a [LimitExceededException] and changes
/// nothing.
///
/// **Memory.** The bytes lie in one heap array, because a decoder reads those fastest and channel
/// I/O copies once either way (docs/decisions/0002). The array is lent by the loop's [BufferPool],
/// goes back as soon as the queue is empty, and is cut to size by [#trim] before a long wait. If
/// the pool has none, who fills the queue himself gets one of the pool's size, and what is put here
/// one that fits: thousands of queues may hold a message each. When it is full the bytes move to
/// its front or into one twice as large, whichever costs at most one copy per byte added or taken;
/// so the array is at most twice the limit, or one of the pool's.
///
/// Not thread-safe: a queue belongs to one loop, and is used with that loop's turn.
public final class ByteQueue {
  private final int limit;
  private final BufferPool pool;
  private byte[] array = Storage.EMPTY;
  private int head; // the bytes are array[head..tail-1]; an empty queue has no array,
  private int tail; // but while writable() waits for its commit()
  private int offered; // how much writable() has lent out at the tail

  /// Makes an empty queue that allocates its own storage.
  ///
  /// @param limit the most it may hold, 1 to 2^31 - 9 bytes
  public ByteQueue(int limit) {
    this(limit, BufferPool.NONE);
  }

  /// Makes an empty queue that borrows its storage.
  ///
  /// @param limit the most it may hold, 1 to 2^31 - 9 bytes
  /// @param pool the loop's
  public ByteQueue(int limit, BufferPool pool) {
    this.limit = Storage.checkLimit(limit);
    this.pool = Objects.requireNonNull(pool);
  }

  /// {@return how many bytes are here}
  public int size() {
    return tail - head;
  }

  /// {@return whether there are none}
  public boolean isEmpty() {
    return tail == head;
  }

  /// {@return whether at least `n` bytes are here: ask before taking}
  ///
  /// @param n not negative
  public boolean has(int n) {
    return n <= tail - head;
  }

  /// {@return how many more bytes it may hold}
  public int room() {
    return limit - size();
  }

  /// {@return the most it may hold}
  public int limit() {
    return limit;
  }

  /// {@return the size of the array it keeps at the moment, 0 when empty}
  public int capacity() {
    return array.length;
  }

  // ---- adding at the tail ----

  /// Adds one byte.
  ///
  /// @param value its low eight bits count
  public void putByte(int value) {
    makeRoom(1);
    array[tail++] = (byte) value;
  }

  /// Adds a copy of an array.
  ///
  /// @param source is only read
  public void put(byte[] source) {
    put(source, 0, source.length);
  }

  /// Adds a copy of a part of an array.
  ///
  /// @param source is only read
  /// @param offset where the part begins
  /// @param length its size
  public void put(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    makeRoom(length);
    System.arraycopy(source, offset, array, tail, length);
    tail += length;
  }

  /// Adds a copy of a byte string.
  ///
  /// @param source any
  public void put(Bytes source) {
    source.appendTo(this);
  }

  /// Adds all that remains of a buffer, and so uses it up.
  ///
  /// @param source not a view of this queue
  public void put(ByteBuffer source) {
    int length = source.remaining();
    makeRoom(length);
    source.get(array, tail, length);
    tail += length;
  }

  /// Lends out free storage, for someone who writes into buffers; [#commit] must follow.
  ///
  /// The buffer is void after the next call here that adds or takes bytes. If nothing comes of it,
  /// commit 0 (or [#trim] later), so that an empty queue lets its storage go.
  ///
  /// @param min how much is needed, 1 to [#room]
  /// @return a buffer with at least that much remaining and never more than the room
  public ByteBuffer writable(int min) {
    if (min < 1) {
      throw new IllegalArgumentException("room for " + min + " bytes");
    }
    makeRoom(min, pool.arraySize());
    offered = Math.min(array.length - tail, room());
    return ByteBuffer.wrap(array, tail, offered);
  }

  /// Adds the bytes that were written into the buffer from [#writable].
  ///
  /// @param n how many, from the buffer's first on
  public void commit(int n) {
    if (n < 0 || n > offered) {
      throw new IllegalArgumentException(n + " bytes committed, " + offered + " lent out");
    }
    offered = 0;
    tail += n;
    consumed(0);
  }

  private void makeRoom(int n) {
    makeRoom(n, 0);
  }

  /// @param least how large an array must at least be that is allocated for it
  private void makeRoom(int n, int least) {
    if (n > limit - (tail - head)) {
      throw new LimitExceededException(limit, size(), n);
    }
    offered = 0;
    if (n > array.length - tail) {
      rearrange(n, least);
    }
  }

  /// Moves the bytes to the front of this array or of a larger one.
  ///
  /// Moving within costs `size`; it is paid for by the `head` bytes taken since the last time, or
  /// by the `n` now added. Else the array is more than a third full and doubling pays.
  private void rearrange(int n, int least) {
    int size = size();
    byte[] old = array;
    boolean stay = n <= old.length - size && size <= Math.max(head, n);
    if (!stay) {
      array = pool.take(Math.max(least, Storage.grow(old.length, size + n, 2L * limit)));
    }
    System.arraycopy(old, head, array, 0, size);
    if (!stay) {
      pool.give(old);
    }
    head = 0;
    tail = size;
  }

  // ---- looking from the head ----

  /// {@return one byte, signed as in Java}
  ///
  /// @param at offset from the head
  public byte peekByte(int at) {
    return array[index(at, 1)];
  }

  /// {@return one byte as 0 to 255}
  ///
  /// @param at offset from the head
  public int peekUnsignedByte(int at) {
    return array[index(at, 1)] & 0xFF;
  }

  /// {@return two bytes in network order as 0 to 65535}
  ///
  /// @param at offset of the first from the head
  public int peekUnsignedShort(int at) {
    return Words.getUnsignedShort(array, index(at, 2));
  }

  /// {@return two bytes, low one first, as 0 to 65535}
  ///
  /// @param at offset of the first from the head
  public int peekUnsignedShortLE(int at) {
    return Words.getUnsignedShortLE(array, index(at, 2));
  }

  /// {@return four bytes in network order}
  ///
  /// @param at offset of the first from the head
  public int peekInt(int at) {
    return Words.getInt(array, index(at, 4));
  }

  /// {@return four bytes, lowest first}
  ///
  /// @param at offset of the first from the head
  public int peekIntLE(int at) {
    return Words.getIntLE(array, index(at, 4));
  }

  /// {@return eight bytes in network order}
  ///
  /// @param at offset of the first from the head
  public long peekLong(int at) {
    return Words.getLong(array, index(at, 8));
  }

  /// {@return eight bytes, lowest first}
  ///
  /// @param at offset of the first from the head
  public long peekLongLE(int at) {
    return Words.getLongLE(array, index(at, 8));
  }

  /// {@return a copy of some bytes}
  ///
  /// @param at offset of the first from the head
  /// @param n how many
  public Bytes peek(int at, int n) {
    return Bytes.copyOf(array, index(at, n), n);
  }

  /// {@return some bytes as text; what is not UTF-8 becomes U+FFFD}
  ///
  /// @param at offset of the first from the head
  /// @param n how many bytes
  public String peekUtf8(int at, int n) {
    return new String(array, index(at, n), n, StandardCharsets.UTF_8);
  }

  /// Finds a byte, not searching again what was searched before.
  ///
  /// @param wanted the byte
  /// @param from offset from the head to start at, 0 to the size; after -1, continue next time at
  ///   what was then the size
  /// @return its offset from the head, or -1 if it has not arrived
  public int indexOf(byte wanted, int from) {
    return fromHead(Search.indexOf(array, index(from, 0), tail, wanted));
  }

  /// Finds a byte string, not searching again what was searched before.
  ///
  /// @param wanted a delimiter such as CR LF
  /// @param from offset from the head to start at, 0 to the size; after -1, continue next time at
  ///   `max(0, size - length + 1)` of that moment, for the delimiter may have begun to arrive
  /// @return the offset of its first byte from the head, or -1 if it has not arrived in full
  public int indexOf(Bytes wanted, int from) {
    return fromHead(Search.indexOf(array, index(from, 0), tail, wanted));
  }

  private int fromHead(int found) {
    return found < 0 ? -1 : found - head;
  }

  /// Turns an offset from the head into an index of the array, if `n` bytes stand there.
  private int index(int at, int n) {
    if (at < 0 || n < 0 || at > tail - head - n) {
      throw outside(at, n);
    }
    return head + at;
  }

  private IndexOutOfBoundsException outside(int at, int n) {
    return new IndexOutOfBoundsException(
        n + " bytes wanted at offset " + at + " of a queue of " + size());
  }

  // ---- taking from the head ----

  /// {@return the first byte, signed as in Java}
  public byte takeByte() {
    byte value = peekByte(0);
    consumed(1);
    return value;
  }

  /// {@return the first byte as 0 to 255}
  public int takeUnsignedByte() {
    int value = peekUnsignedByte(0);
    consumed(1);
    return value;
  }

  /// {@return the first two bytes in network order as 0 to 65535}
  public int takeUnsignedShort() {
    int value = peekUnsignedShort(0);
    consumed(2);
    return value;
  }

  /// {@return the first two bytes, low one first, as 0 to 65535}
  public int takeUnsignedShortLE() {
    int value = peekUnsignedShortLE(0);
    consumed(2);
    return value;
  }

  /// {@return the first four bytes in network order}
  public int takeInt() {
    int value = peekInt(0);
    consumed(4);
    return value;
  }

  /// {@return the first four bytes, lowest first}
  public int takeIntLE() {
    int value = peekIntLE(0);
    consumed(4);
    return value;
  }

  /// {@return the first eight bytes in network order}
  public long takeLong() {
    long value = peekLong(0);
    consumed(8);
    return value;
  }

  /// {@return the first eight bytes, lowest first}
  public long takeLongLE() {
    long value = peekLongLE(0);
    consumed(8);
    return value;
  }

  /// Takes bytes out as a value.
  ///
  /// They are copied, unless they are all there is and fill most of the array: then the array goes
  /// with them.
  ///
  /// @param n how many
  /// @return the first `n` bytes
  public Bytes take(int n) {
    int at = index(0, n);
    if (n == size() && n > array.length / 2) {
      Bytes all = Bytes.wrap(array, at, n);
      array = Storage.EMPTY; // it is the value's now: no pool may have it
      clear();
      return all;
    }
    Bytes some = Bytes.copyOf(array, at, n);
    consumed(n);
    return some;
  }

  /// Takes bytes out into an array.
  ///
  /// @param target has room for them
  /// @param offset where the first one goes
  /// @param n how many
  public void takeInto(byte[] target, int offset, int n) {
    Objects.checkFromIndexSize(offset, n, target.length);
    System.arraycopy(array, index(0, n), target, offset, n);
    consumed(n);
  }

  /// Takes out as many bytes as there are here and fit there.
  ///
  /// @param target its position moves on
  /// @return how many bytes moved, perhaps 0
  public int takeInto(ByteBuffer target) {
    int n = Math.min(size(), target.remaining());
    target.put(array, head, n);
    consumed(n);
    return n;
  }

  /// Shows the first bytes without taking them, to be written to a channel; [#skip] what it wrote.
  ///
  /// The buffer is void after the next call here that adds or takes bytes.
  ///
  /// @param max the most to show, not negative. The JDK copies all of a heap buffer on each write,
  ///   however little the socket takes, so name about what a socket takes at once (64 KiB)
  /// @return a read-only buffer
  public ByteBuffer view(int max) {
    if (max < 0) {
      throw new IllegalArgumentException("a view of " + max + " bytes");
    }
    return ByteBuffer.wrap(array, head, Math.min(size(), max)).asReadOnlyBuffer();
  }

  /// Takes bytes out and drops them.
  ///
  /// @param n how many
  public void skip(int n) {
    index(0, n);
    consumed(n);
  }

  /// Drops all bytes.
  public void clear() {
    consumed(size());
  }

  /// Keeps no more than twice the storage that the bytes need: to be called before a long wait.
  public void trim() {
    int size = size();
    consumed(0);
    if (2L * size < array.length) {
      byte[] tight = new byte[size];
      System.arraycopy(array, head, tight, 0, size);
      release();
      array = tight;
      tail = size;
    }
  }

  private void consumed(int n) {
    head += n;
    if (head == tail) {
      release();
    }
  }

  private void release() {
    pool.give(array);
    array = Storage.EMPTY;
    head = 0;
    tail = 0;
    offered = 0;
  }

  /// {@return the size, the limit and the first bytes, for people}
  @Override
  public String toString() {
    return "ByteQueue[" + size() + " of " + limit + ": " + Bytes.render(array, head, size()) + "]";
  }
}
