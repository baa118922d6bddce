// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

/// gzip.
final class GzipCoding implements ContentCoding {
  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public Decoder decoder() {
    return new GzipDecoder();
  }

  @Override
  public Encoder encoder() {
    return new GzipEncoder();
  }
}
