// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

/// deflate.
final class DeflateCoding implements ContentCoding {
  @Override
  public String name() {
    return "deflate";
  }

  @Override
  public Decoder decoder() {
    return new DeflateDecoder();
  }

  @Override
  public Encoder encoder() {
    return new DeflateEncoder(false);
  }
}
