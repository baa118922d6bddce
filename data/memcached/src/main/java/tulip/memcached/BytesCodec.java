// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import tulip.bytes.Bytes;

/// Bytes as they are.
enum BytesCodec implements ValueCodec<Bytes> {
  INSTANCE;

  @Override
  public Encoded encode(Bytes value) {
    return new Encoded(value, 0);
  }

  @Override
  public Bytes decode(Encoded stored) {
    return stored.bytes();
  }
}
