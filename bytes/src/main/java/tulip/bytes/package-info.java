// SPDX-License-Identifier: Apache-2.0

/// The byte types that codecs and streams share.
///
/// Reading order: [Bytes] is an immutable value; [ByteQueue] is where received bytes gather and
/// what a decoder consumes; [ByteReader] walks through one complete message; [ByteWriter] is where
/// an encoder puts its message together. [Ascii] and [Utf8Validator] judge text, [BufferPool] lends
/// queues their storage. [MalformedException] means that a peer sent bad bytes,
/// [LimitExceededException] that a buffer would have grown past its limit; any other exception from
/// here is a bug in the caller.
package tulip.bytes;
