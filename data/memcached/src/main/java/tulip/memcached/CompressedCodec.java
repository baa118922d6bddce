// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Another codec's values, compressed if they are large.
record CompressedCodec<V>(ValueCodec<V> inner, int from, int limit) implements ValueCodec<V> {
  private static final int COMPRESSED = 8;
  private static final int CHUNK = 8 * 1024;

  CompressedCodec {
    if (from < 0 || limit < 1) {
      throw new IllegalArgumentException("compressed from " + from + " bytes, at most " + limit);
    }
  }

  @Override
  public Encoded encode(V value) {
    var plain = inner.encode(value);
    if ((plain.flags() & COMPRESSED) != 0) {
      throw new IllegalArgumentException("flag 8 means compressed, but " + inner + " has set it");
    }
    if (plain.bytes().length() < from) {
      return plain;
    }
    var small = deflate(plain.bytes());
    return small.length() < plain.bytes().length()
        ? new Encoded(small, plain.flags() | COMPRESSED)
        : plain;
  }

  @Override
  public V decode(Encoded stored) throws MalformedException {
    return (stored.flags() & COMPRESSED) == 0
        ? inner.decode(stored)
        : inner.decode(new Encoded(inflate(stored.bytes()), stored.flags() & ~COMPRESSED));
  }

  private static Bytes deflate(Bytes plain) {
    var deflater = new Deflater();
    try {
      deflater.setInput(plain.asByteBuffer());
      deflater.finish();
      var out = new ByteWriter(plain.length() + CHUNK);
      byte[] chunk = new byte[CHUNK];
      while (!deflater.finished() && out.size() < plain.length()) {
        out.put(chunk, 0, deflater.deflate(chunk));
      }
      return out.toBytes();
    } finally {
      deflater.end();
    }
  }

  private Bytes inflate(Bytes small) throws MalformedException {
    var inflater = new Inflater();
    try {
      inflater.setInput(small.asByteBuffer());
      var out = new ByteWriter(limit + CHUNK);
      byte[] chunk = new byte[CHUNK];
      while (!inflater.finished()) {
        int n = inflater.inflate(chunk);
        if (n == 0 && !inflater.finished()) {
          throw new MalformedException("a compressed value is cut off, or needs a dictionary");
        }
        out.put(chunk, 0, n);
        if (out.size() > limit) {
          throw new MalformedException("a value of more than " + limit + " bytes, decompressed");
        }
      }
      return out.toBytes();
    } catch (DataFormatException e) {
      throw (MalformedException)
          new MalformedException("a value is marked as compressed but is not").initCause(e);
    } finally {
      inflater.end();
    }
  }
}
