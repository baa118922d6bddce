// SPDX-License-Identifier: Apache-2.0

/// Byte strings, byte queues, readers and writers: the ground floor of every codec and stream.
///
/// Everything here computes and nothing here waits: no I/O, clock, thread, lock or logger.
@org.jspecify.annotations.NullMarked
module tulip.bytes {
  requires static transitive org.jspecify;

  exports tulip.bytes;
}
