// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.ByteArrayOutputStream;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;

/// As much of DER as it takes to dress the older private key forms in PKCS #8 (RFC 5958).
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int PARAMETERS = 0xA0;
  private static final byte[] VERSION = {2, 1, 0};

  /// The algorithm identifier of RSA keys: RFC 8017, appendix C.
  static final byte[] RSA = hex("300d06092a864886f70d0101010500");

  /// The object identifier of EC keys: RFC 5480, section 2.1.1.
  private static final byte[] EC = hex("06072a8648ce3d0201");

  private Der() {}

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return wrap(SEQUENCE, VERSION, algorithm, wrap(OCTET_STRING, key));
  }

  /// The algorithm identifier of an EC private key (RFC 5915), which says itself what its curve is.
  ///
  /// @throws InvalidKeySpecException if it does not
  static byte[] ecAlgorithm(byte[] key) throws InvalidKeySpecException {
    try {
      int at = content(key, 0); // into the sequence
      at = after(key, at); // the version
      at = after(key, at); // the number itself
      if ((key[at] & 0xFF) == PARAMETERS) {
        int from = content(key, at);
        return wrap(SEQUENCE, EC, java.util.Arrays.copyOfRange(key, from, after(key, at)));
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new InvalidKeySpecException("an EC private key that is cut short", e);
    }
    throw new InvalidKeySpecException("an EC private key that does not name its curve");
  }

  /// Where the content of the element at `at` begins.
  private static int content(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    return at + 2 + (length < 0x80 ? 0 : length - 0x80);
  }

  /// Where the next element begins.
  private static int after(byte[] der, int at) {
    int begin = content(der, at);
    int length = der[at + 1] & 0xFF;
    if (length >= 0x80) {
      length = 0;
      for (int i = at + 2; i < begin; i++) {
        length = (length << 8) | (der[i] & 0xFF);
      }
    }
    return begin + length;
  }

  private static byte[] wrap(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    int size = content.size();
    var element = new ByteArrayOutputStream();
    element.write(tag);
    if (size < 0x80) {
      element.write(size);
    } else if (size < 0x100) {
      element.write(0x81);
      element.write(size);
    } else {
      element.write(0x82);
      element.write(size >> 8);
      element.write(size);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
