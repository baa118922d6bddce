// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Numbers inside byte arrays, at any alignment, each read or written by one machine instruction.
///
/// The array's own bounds are checked, a queue's are not: callers do that. Names without an ending
/// mean network order (big endian).
final class Words {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, BIG_ENDIAN);
  private static final VarHandle SHORT_LE =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, BIG_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private Words() {}

  static int getUnsignedShort(byte[] array, int at) {
    return Short.toUnsignedInt((short) SHORT.get(array, at));
  }

  static int getUnsignedShortLE(byte[] array, int at) {
    return Short.toUnsignedInt((short) SHORT_LE.get(array, at));
  }

  static int getInt(byte[] array, int at) {
    return (int) INT.get(array, at);
  }

  static int getIntLE(byte[] array, int at) {
    return (int) INT_LE.get(array, at);
  }

  static long getLong(byte[] array, int at) {
    return (long) LONG.get(array, at);
  }

  static long getLongLE(byte[] array, int at) {
    return (long) LONG_LE.get(array, at);
  }

  static void putShort(byte[] array, int at, int value) {
    SHORT.set(array, at, (short) value);
  }

  static void putShortLE(byte[] array, int at, int value) {
    SHORT_LE.set(array, at, (short) value);
  }

  static void putInt(byte[] array, int at, int value) {
    INT.set(array, at, value);
  }

  static void putIntLE(byte[] array, int at, int value) {
    INT_LE.set(array, at, value);
  }

  static void putLong(byte[] array, int at, long value) {
    LONG.set(array, at, value);
  }

  static void putLongLE(byte[] array, int at, long value) {
    LONG_LE.set(array, at, value);
  }
}
